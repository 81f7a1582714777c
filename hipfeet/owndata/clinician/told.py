"""The safety answers for a clinician: every answer but "no", what it does to training, and the visits. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assessments.rules.questionnaire import SIDES
from assessments.rules.safety import AnsweredList, Cleared, SafetyState, Said, Verdict, about_cause
from assessments.rules.safety_content import safety_content
from assessments.rules.safety_past import SafetyPast
from assessments.rules.second_look import FinishedLook
from hipfeet.owndata.clinician.words import ShortDates

VERDICTS = {Verdict.YES: "yes", Verdict.WITH_LIMITS: "yes, with limits", Verdict.NO: "no or not yet"}


@dataclass(frozen=True)
class ToldCause:
    """A safety question that was ever answered with yes or "not sure", or a finding that asks for a clinician.

    about  as it was asked, or what was found and on which side
    told   when, and what was said last
    plan   what it does to training now; empty for nothing
    visit  the latest visit about it, and whether exercises like these were allowed
    """

    about: str
    told: str
    plan: str
    visit: str


@dataclass(frozen=True)
class ToldSafety:
    """All safety answers.

    causes     what holds training back first, then the strictest; `more` had no room
    always_no  how many other questions were never answered but with "no"
    answered   from when to when lists were answered; empty if none was
    on_hold    on which days training waited for a clinician
    """

    causes: tuple[ToldCause, ...]
    more: int
    always_no: int
    answered: str
    on_hold: str


@dataclass(frozen=True)
class SafetyTold:
    """Everything a person told or found that is about safety, in any order, and what it means together."""

    given: Sequence[AnsweredList]
    checks: Sequence[FinishedLook]
    visits: Sequence[Cleared]
    state: SafetyState
    past: SafetyPast


def told_safety(told: SafetyTold, dates: ShortDates, *, most: int) -> ToldSafety:
    """Every answer but "no", with its dates; findings that ask for a clinician stand among them.

    most  so many have room
    """
    given = sorted(told.given, key=lambda one: one.at)
    answers: dict[str, list[tuple[date, Said]]] = {}
    for one in given:
        for question, said in one.answers.items():
            answers.setdefault(question, []).append((one.on, said))
    ticked = [key for key, said in answers.items() if any(one.counts_as_yes for _, one in said)]
    strictest = [question.key for question in safety_content().strictest_first(ticked)]
    found = [rule for check in told.checks for rule in check.result.locks]
    in_order = dict.fromkeys([*(lock.cause for lock in told.state.locks), *strictest, *found, *ticked])
    causes = [
        ToldCause(
            about=_about(cause, given, told.checks),
            told=_told(answers[cause], dates) if cause in answers else _found(cause, told.checks, dates),
            plan=_does_to_plan(cause, told.state, dates),
            visit=_visit(cause, told.visits, dates),
        )
        for cause in in_order
    ]
    return ToldSafety(
        causes=tuple(causes[:most]),
        more=max(0, len(causes) - most),
        always_no=len(answers) - len(ticked),
        answered=dates.span(given[0].on, given[-1].on) if given else "",
        on_hold="; ".join(
            f"{dates.day(lock.since)}, opened {dates.day(lock.until)}"
            if lock.until
            else f"since {dates.day(lock.since)}"
            for lock in told.past.locks
        ),
    )


def _about(cause: str, given: Sequence[AnsweredList], checks: Iterable[FinishedLook]) -> str:
    about = about_cause(cause)
    if not about:
        return "Something that is no longer asked"
    if cause in safety_content().questions:
        second = _second_part(cause, given)
        return f"{about} ({second.lower()})" if second else about
    sides = {side for check in checks for side in SIDES if cause in check.result.side(side).locks}
    return f"Mirror check: {about} ({' and '.join(side for side in SIDES if side in sides)})"


def _second_part(question: str, given: Sequence[AnsweredList]) -> str:
    """What was said last to the second part of a question."""
    extra = safety_content().questions[question].extra
    said = [one.extras[extra.key] for one in given if extra and extra.key in one.extras]
    return next((one.label for one in extra.choices if said and one.value == said[-1]), "") if extra else ""


def _found(rule: str, checks: Iterable[FinishedLook], dates: ShortDates) -> str:
    days = [check.on for check in checks if rule in check.result.locks]
    return f"Seen {dates.times(days)}" if days else ""


def _told(said: Sequence[tuple[date, Said]], dates: ShortDates) -> str:
    yes = [(on, one) for on, one in said if one.counts_as_yes]
    is_sure = any(one is not Said.UNSURE for _, one in yes)
    told = f"{'Yes' if is_sure else 'Not sure, taken as yes'}: {dates.times([on for on, _ in yes])}"
    on, last = said[-1]
    return told if last.counts_as_yes else f"{told}. No: {dates.day(on)}"


def _does_to_plan(cause: str, state: SafetyState, dates: ShortDates) -> str:
    if lock := next((lock for lock in state.locks if lock.cause == cause), None):
        return f"On hold since {dates.day(lock.since)}"
    if cause in state.cleared:
        return "Opened by the visit"
    adapts = {question.key for question in state.effects}
    return "Adapted" if cause in adapts else ""


def _visit(cause: str, visits: Iterable[Cleared], dates: ShortDates) -> str:
    """The latest visit about a cause, or about one that a visit serves together with it."""
    served_with = safety_content().clearance.served_with
    about = sorted((one for one in visits if cause in served_with(one.cause)), key=lambda one: one.at)
    return f"{dates.day(about[-1].seen_on)}: {VERDICTS[about[-1].verdict]}" if about else ""
