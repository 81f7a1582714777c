"""The safety questions: what each answer does to the check and to a plan, and what opens a lock again.

Pure: no clock, no database. Questions, levels and effects are content; the grouping is a design choice
after the pages named there, and no clinician has reviewed it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from anatomy.blocks import Block
from assessments.rules.safety_content import (
    ASK_AGAIN_AFTER,
    LEVEL_OF_RULES,
    LISTS_BEFORE_A_PLAN,
    NO_WORKOUT_TODAY,
    STOP_LIST,
    Effects,
    Level,
    SafetyContent,
    SafetyQuestion,
    safety_content,
)
from assessments.rules.scoring import Result, decision_table


class Said(StrEnum):
    """What was answered to one question; `unsure` counts as yes and is kept as it was said.

    AS_BEFORE  ticked again, and "it is as it was" when someone had a look
    """

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    AS_BEFORE = "as_before"

    @property
    def counts_as_yes(self) -> bool:
        """Whether this answer has effects."""
        return self is not Said.NO

    @property
    def is_new(self) -> bool:
        """Whether it applies and no clinician has seen it as it is now."""
        return self in {Said.YES, Said.UNSURE}


_SAID = {said.value: said for said in Said}


def said_as_stored(stored: str) -> Said:
    """What was answered, as a row holds it; what we no longer know counts as yes."""
    return _SAID.get(stored, Said.YES)


@dataclass(frozen=True)
class AnsweredList:
    """One list as it was answered.

    answers  {question: Said}
    extras   {extra key: value}
    """

    list_key: str
    on: date
    at: datetime
    answers: Mapping[str, Said]
    extras: Mapping[str, str] = field(default_factory=dict)


class Verdict(StrEnum):
    """What the clinician said about exercises like these."""

    YES = "yes"
    WITH_LIMITS = "with_limits"
    NO = "no"


@dataclass(frozen=True)
class Cleared:
    """ "I have been seen" for one cause: a question, or a rule of the mirror check; `on` is when it was told."""

    cause: str
    on: date
    at: datetime
    seen_on: date
    verdict: Verdict


@dataclass(frozen=True)
class Checked:
    """A finished mirror check: which rules lock, and whether nothing hurt."""

    on: date
    at: datetime
    locks: tuple[str, ...]
    without_pain: bool


@dataclass(frozen=True)
class Lock:
    """Why there is no plan for now, and what to do about that.

    about  what was ticked or seen, in words that name no urgency
    since  local date on which it locked
    visit  the latest since it locked, which gave no leave to train
    """

    cause: str
    title: str
    about: str
    level: Level
    advice: Block
    since: date
    visit: Cleared | None = None

    @property
    def takes_earlier_visit(self) -> bool:
        """Whether a visit before it was told counts: one about what is long known does, one before something new does not."""
        return self.level.key == LEVEL_OF_RULES


@dataclass(frozen=True)
class SafetyState:
    """What all answers mean together, today.

    locks                open locks, the strictest first
    cleared              causes that were opened by "I have been seen" and still apply
    visits               {cause: the latest visit about it since it closed, whatever was said there}
    caps                 {exercise: highest rung number}, the lowest of several
    dropped              exercises that are left out
    offered_not_planned  exercises that a plan only offers
    support              "two_hands" in every standing exercise
    causes               {exercise: what keeps it lowest, or out}, as `cause_in_words` takes it
    adapted_by           what is of level adapt, the same way; the first of several, empty if nothing is
    with_limits          leave "with limits" stands
    advice               questions whose advice stands on result and plan, without a lock
    effects              questions whose effects are in force, with their words
    seen_about           questions someone was seen for: ticked again they ask "Is it as it was then?"
    answered_on          {list: local date of its latest answers}
    no_workout_on        local date on which something was told that allows no workout that day, the latest
    unwell_at            when the stop list was answered last with a yes
    """

    locks: tuple[Lock, ...] = ()
    cleared: frozenset[str] = frozenset()
    visits: Mapping[str, Cleared] = field(default_factory=dict)
    caps: Mapping[str, int] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()
    offered_not_planned: frozenset[str] = frozenset()
    support: str | None = None
    causes: Mapping[str, str] = field(default_factory=dict)
    adapted_by: str = ""
    with_limits: bool = False
    advice: tuple[SafetyQuestion, ...] = ()
    effects: tuple[SafetyQuestion, ...] = ()
    seen_about: frozenset[str] = frozenset()
    answered_on: Mapping[str, date] = field(default_factory=dict)
    no_workout_on: date | None = None
    unwell_at: datetime | None = None

    @property
    def applies(self) -> frozenset[str]:
        """The questions that change how one trains: those that adapt, and those one was seen about."""
        return self.cleared | {question.key for question in self.effects}

    @property
    def is_locked(self) -> bool:
        """Whether a clinician must have a look before there is a plan."""
        return bool(self.locks)

    def allows_workout(self, today: date) -> bool:
        """Whether anyone may train on a local date: nothing is locked, and nothing told that day forbids it.

        A flight west brings the same day no second time.
        """
        return not self.locks and not self.rests(today)

    def rests(self, today: date) -> bool:
        """Whether something told that day allows no more workout on it."""
        return self.no_workout_on is not None and self.no_workout_on >= today

    @property
    def first_locks(self) -> tuple[Lock, ...]:
        """The open locks that are the most urgent: of two urgencies on one page the stricter speaks alone."""
        return tuple(lock for lock in self.locks if lock.level == self.locks[0].level)

    @property
    def tell_them_too(self) -> tuple[str, ...]:
        """What less urgent answers are about: told at the same visit, said without an urgency of its own."""
        later = [lock.about for lock in self.locks if lock.level != self.locks[0].level]
        return (*later, *(question.asks.text for question in self.advice))

    @property
    def hurt_lock(self) -> Lock | None:
        """The open lock that would also open after a mirror check in which nothing hurts."""
        opened = safety_content().clearance.opened_by_a_check_without_pain
        return next((lock for lock in self.locks if lock.cause in opened), None)

    def holds(self, result: Result | None) -> bool:
        """Whether an open lock rests on this result; such a check cannot be deleted."""
        return result is not None and any(lock.cause in result.locks for lock in self.locks)

    @property
    def leave(self) -> Cleared | None:
        """The latest visit that gave leave to train for something that still applies."""
        return max((self.visits[cause] for cause in self.cleared), key=lambda one: one.at, default=None)

    @property
    def refusal(self) -> Cleared | None:
        """The latest visit about an open lock: it gave no leave."""
        visits = [lock.visit for lock in self.locks if lock.visit]
        return max(visits, key=lambda one: one.at, default=None)

    def lists_due_for_plan(self, today: date) -> list[str]:
        """The lists to answer before a plan is made today."""
        return [key for key in LISTS_BEFORE_A_PLAN if self.answered_on.get(key) != today]

    def lists_due_for_workout(self, today: date) -> list[str]:
        """The lists to answer before a workout: all four, from 28 days after the oldest of the answers."""
        answered = [self.answered_on.get(key) for key in LISTS_BEFORE_A_PLAN]
        if all(on is not None and today - on < ASK_AGAIN_AFTER for on in answered):
            return []
        return [key for key in LISTS_BEFORE_A_PLAN if self.answered_on.get(key) != today]


def safety_state(
    given: Iterable[AnsweredList], cleared: Iterable[Cleared], checked: Iterable[Checked]
) -> SafetyState:
    """What the answers, "I have been seen" and the checks mean together; all in any order.

    A lock closes with a yes and opens only by leave to train, which the latest visit gives or takes back; a
    later untick does not open it. Effects are those of the latest answers. X1 also opens by a later check
    without pain; the other rules of a check do not lock again what a clinician has looked at.
    """
    told = ToldSoFar()
    for one in in_order_told(given, cleared, checked):
        told.hear(one)
    return told.state()


def in_order_told(
    given: Iterable[AnsweredList], cleared: Iterable[Cleared], checked: Iterable[Checked]
) -> list[AnsweredList | Cleared | Checked]:
    """Everything in the order in which it came; at the same moment, visits come first."""
    return sorted([*cleared, *given, *checked], key=lambda one: one.at)


@dataclass
class ToldSoFar:
    """What was told so far.

    said         the latest answer to each question
    closed       {question, or rule of a check: when it locked last}; `closed_on`: on which local date
    found        the rules that the latest check found to lock
    seen         {cause: the latest visit that counts for it, whatever was said there}
    answered_on  {list: local date of its latest answers}
    """

    said: dict[str, Said] = field(default_factory=dict)
    extras: dict[str, str] = field(default_factory=dict)
    closed: dict[str, datetime] = field(default_factory=dict)
    closed_on: dict[str, date] = field(default_factory=dict)
    found: tuple[str, ...] = ()
    seen: dict[str, Cleared] = field(default_factory=dict)
    answered_on: dict[str, date] = field(default_factory=dict)
    no_workout_on: date | None = None
    unwell_at: datetime | None = None

    def hear(self, one: AnsweredList | Cleared | Checked) -> bool:
        """Take in what came next; returns whether locks or effects may have changed."""
        match one:
            case AnsweredList():
                return self._hear_answers(one)
            case Cleared():
                self.seen.update(dict.fromkeys(safety_content().clearance.served_with(one.cause), one))
            case Checked():
                self._hear_check(one)
        return True

    def _hear_answers(self, one: AnsweredList) -> bool:
        """A "no" on the stop list undoes no other list; "as it was" does not lock again what has been seen."""
        content = safety_content()
        answers = {**self._no_longer_asked(one.answers), **one.answers}
        changes = any(self.extras.get(key) != value for key, value in one.extras.items())
        self.extras.update(one.extras)
        self.answered_on[one.list_key] = one.on
        yes = [key for key, said in one.answers.items() if key in content.questions and said.counts_as_yes]
        if one.list_key == STOP_LIST and yes:
            self.unwell_at = one.at
        if any(content.level_of(key).key == NO_WORKOUT_TODAY for key in yes):
            self.no_workout_on = one.on
        for key, said in answers.items():
            if key not in content.questions or (one.list_key == STOP_LIST and not said.counts_as_yes):
                continue
            changes |= self.said.get(key) is not said
            self.said[key] = said
            as_seen = said is Said.AS_BEFORE and key in self.seen
            if said.counts_as_yes and content.level_of(key).locks_plan and not as_seen:
                self.closed[key], self.closed_on[key] = one.at, one.on
                changes = True
        return changes

    def _no_longer_asked(self, answers: Mapping[str, Said]) -> dict[str, Said]:
        """A retired question counts as unticked once all its followers are; like any untick, that opens no lock."""
        return {
            key: Said.NO
            for key in self.said
            if (question := safety_content().questions.get(key))
            and question.followed_by
            and all(answers.get(follower) is Said.NO for follower in question.followed_by)
        }

    def _hear_check(self, one: Checked) -> None:
        until_without_pain = safety_content().clearance.opened_by_a_check_without_pain
        self.found = one.locks
        for rule in one.locks:
            if rule in until_without_pain or rule not in self.seen:
                self.closed[rule], self.closed_on[rule] = one.at, one.on
        if one.without_pain:
            for rule in until_without_pain:
                self.closed.pop(rule, None)

    def _visits(self) -> dict[str, Cleared]:
        """The latest visit about each cause that ever locked, if it was since the lock closed."""
        return {
            cause: visit
            for cause, closed_at in self.closed.items()
            if (visit := self.seen.get(cause)) and visit.at >= closed_at
        }

    def state(self) -> SafetyState:
        """What it means together."""
        content = safety_content()
        yes = [key for key, said in self.said.items() if said.counts_as_yes]
        applying = {*yes, *self.found}
        visits = self._visits()
        has_leave = {cause for cause, visit in visits.items() if visit.verdict is not Verdict.NO}
        opened = [cause for cause in self.closed if cause in applying and cause in has_leave]
        effects = _effects_in_force(content, yes, opened)
        caps, dropped, offered, support = _combined((one for _, one in effects), self.extras)
        eased = [q for q in content.strictest_first(yes) if q.level == "adapt"]
        return SafetyState(
            locks=_as_locks(
                content,
                {cause: self.closed_on[cause] for cause in self.closed if cause not in has_leave},
                visits,
            ),
            cleared=frozenset(opened),
            visits=visits,
            caps=caps,
            dropped=dropped,
            offered_not_planned=offered,
            support=support,
            causes=_causes(effects, self.extras),
            adapted_by=_cause(eased[0].key, self.extras) if eased else "",
            with_limits=any(self.seen[cause].verdict is Verdict.WITH_LIMITS for cause in opened),
            advice=tuple(q for q in content.strictest_first(yes) if q.level == "advise"),
            effects=tuple(eased),
            seen_about=frozenset(
                cause
                for cause, visit in self.seen.items()
                if cause in content.questions and visit.verdict is not Verdict.NO
            ),
            answered_on=dict(self.answered_on),
            no_workout_on=self.no_workout_on,
            unwell_at=self.unwell_at,
        )


def _effects_in_force(
    content: SafetyContent, yes: Iterable[str], opened: Iterable[str]
) -> list[tuple[str, Effects]]:
    """Each question with an effect it has now."""
    once_seen = [
        (key, content.questions[key].effects_once_seen) for key in opened if key in content.questions
    ]
    return [*((key, content.questions[key].effects) for key in yes), *once_seen]


def _combined(
    effects: Iterable[Effects], extras: Mapping[str, str]
) -> tuple[dict[str, int], frozenset[str], frozenset[str], str | None]:
    caps: dict[str, int] = {}
    dropped: set[str] = set()
    offered: set[str] = set()
    support = None
    for one in effects:
        for exercise, number in one.cap.items():
            caps[exercise] = min(number, caps.get(exercise, number))
        dropped.update(one.drop)
        # A second part that is missing counts as the careful answer.
        if one.drop_when and extras.get(one.drop_when.extra, one.drop_when.value) == one.drop_when.value:
            dropped.update(one.drop_when.exercises)
        offered.update(one.offered_not_planned)
        support = one.support or support
    return caps, frozenset(dropped), frozenset(offered), support


def _causes(effects: Iterable[tuple[str, Effects]], extras: Mapping[str, str]) -> dict[str, str]:
    """{exercise: the cause that keeps it lowest}; left out is lower than any cap, and of two alike the first counts."""
    lowest: dict[str, tuple[int, str]] = {}
    for question, one in effects:
        caps, dropped, _, _ = _combined([one], extras)
        for exercise, number in (caps | dict.fromkeys(dropped, -1)).items():
            if exercise not in lowest or number < lowest[exercise][0]:
                lowest[exercise] = (number, _cause(question, extras))
    return {exercise: cause for exercise, (_, cause) in lowest.items()}


def _cause(question: str, extras: Mapping[str, str]) -> str:
    """A question's key, with what was said to its second part where that says more: "RF16.after_birth"."""
    extra = safety_content().questions[question].extra
    chosen = extras.get(extra.key) if extra else None
    return f"{question}.{chosen}" if extra and chosen in extra.as_reason else question


def cause_in_words(cause: str) -> str:
    """What makes an exercise easier, or leaves it out: "you are pregnant"; for one that left the content, the answers."""
    key, _, chosen = cause.partition(".")
    question = safety_content().questions.get(key)
    by_choice = question.extra.as_reason if question and question.extra else {}
    return by_choice.get(chosen) or (question and question.as_reason) or "your safety answers ask for it"


def _as_locks(
    content: SafetyContent, causes: Mapping[str, date], visits: Mapping[str, Cleared]
) -> tuple[Lock, ...]:
    from_questions = [
        Lock(
            cause=question.key,
            title=question.title,
            about=about_cause(question.key),
            level=content.levels[question.level],
            advice=question.advice,
            since=causes[question.key],
            visit=visits.get(question.key),
        )
        for question in content.strictest_first(causes)
    ]
    from_rules = [
        Lock(
            cause=rule.key,
            title=rule.title,
            about=about_cause(rule.key),
            level=content.levels[LEVEL_OF_RULES],
            advice=rule.means,
            since=causes[rule.key],
            visit=visits.get(rule.key),
        )
        for cause in causes
        if (rule := decision_table().rule(cause))
    ]
    return (*from_questions, *from_rules)


def about_cause(cause: str) -> str:
    """What a question or a rule is about, in words that name no urgency; empty when it has left the content."""
    if question := safety_content().questions.get(cause):
        return question.asks.text
    rule = decision_table().rule(cause)
    return rule.title if rule else ""


def ever_locked(given: Iterable[AnsweredList]) -> bool:
    """Whether any answer ever locked a plan; one whose question left the content counts."""
    content = safety_content()
    return any(
        said.counts_as_yes and (key not in content.questions or content.level_of(key).locks_plan)
        for one in given
        for key, said in one.answers.items()
    )


def stops_check(answers: Mapping[str, Said]) -> bool:
    """Whether any of these answers ends the mirror check for today."""
    content = safety_content()
    return any(
        said.counts_as_yes and key in content.questions and content.level_of(key).check_stops
        for key, said in answers.items()
    )
