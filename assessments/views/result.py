"""The page of a result: what was found then, and what to do as things stand now."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from accounts.clock import local_date_of
from anatomy.blocks import Block
from assessments.models import GUEST_ROWS_EXPIRE_AFTER, Attempt
from assessments.rows import (
    Owner,
    latest_result,
    looks_of,
    may_correct,
    may_look_again,
    number_in_its_day,
    state_and_rest,
)
from assessments.rules.drawn import stages
from assessments.rules.heading import Part, ResultInWords, finding_of
from assessments.rules.questionnaire import PAIN, SIDES, questionnaire
from assessments.rules.safety_content import safety_content
from assessments.rules.scoring import Result, decision_table
from assessments.rules.urgency import Spoken, spoken_on_result
from assessments.views.guest import owner_of


def where_it_hurt(attempt: Attempt) -> str:
    """The place named with the answer about pain, in words; empty when none was."""
    place = attempt.answers.get(PAIN, {}).get("where")
    where = questionnaire().questions[PAIN].where
    return next((choice.label for choice in where.choices if choice.value == place), "") if where else ""


@login_not_required
@require_safe
def check_result(request: HttpRequest) -> HttpResponse:
    """The latest result of this person or guest."""
    owner = owner_of(request)
    attempt = latest_result(owner)
    if attempt is None or owner is None:
        return redirect("check")
    if attempt.has_expired:
        return render(request, "assessments/expired.html", status=410)
    return render(request, "assessments/result.html", result_context(attempt, owner))


def result_context(attempt: Attempt, owner: Owner) -> dict[str, Any]:
    """Everything a result page shows: what was found then, and what to do as things stand now.

    Rules that left the content are passed over.
    """
    outcome = attempt.outcome
    if outcome is None:
        raise Http404
    state, rests = state_and_rest(owner)
    spoken = spoken_on_result(outcome, state)
    looks = [attempt.answers, looks_of(attempt).first]
    finding = finding_of(outcome, looks, says_flatter="B2" in spoken.comparisons)
    rules = [part.rule for part in finding.parts]
    claims = [rule.means.claim for rule in rules if rule.means.claim]
    parts = _parts(finding, spoken)
    return {
        "attempt": attempt,
        "number": number_in_its_day(attempt),
        "finding": finding,
        "stages": stages(attempt.answers, rules),
        "parts": [part for part in parts if not outcome.locks or part["asks"]],
        "others": [part for part in parts if outcome.locks and not part["asks"]],
        "remarks": _remarks(outcome),
        **_comparisons(spoken),
        "slip": _slip(attempt, finding.slip),
        "answers": _answers(attempt),
        "before": _before(attempt),
        "may_correct": may_correct(attempt),
        "pain": questionnaire().questions[PAIN].label_of(attempt.answers.get(PAIN, {}).get("value")),
        "where": where_it_hurt(attempt),
        "when_to_see": spoken.when_to_see,
        "check": questionnaire(),
        "content": safety_content(),
        **_looked_twice(attempt, outcome),
        "may_look_again": may_look_again(attempt) and rests is None,
        "tomorrow": owner.today + timedelta(days=1) if rests else None,
        "state": state,
        "says_why": state.is_locked and all(lock.cause in outcome.locks for lock in state.locks),
        "claims": list(dict.fromkeys([*claims, *questionnaire().limits.claims])),
        "deleted_on": local_date_of(attempt.changed_at + GUEST_ROWS_EXPIRE_AFTER, attempt.time_zone),
    }


def _parts(finding: ResultInWords, spoken: Spoken) -> list[dict[str, Any]]:
    """What each rule says it may mean, by side: both, left, right; no side is named where all is the same on both."""
    names = {SIDES: "Both sides", ("left",): "Left", ("right",): "Right"}
    says_sides = any(part.sides != SIDES for part in finding.parts)
    return [
        {
            "asks": part.rule.clinician,
            "sides": names[part.sides] if says_sides else "",
            "lead": part.lead,
            "blocks": _meaning(part, spoken),
        }
        for part in sorted(finding.parts, key=lambda part: list(names).index(part.sides))
    ]


def _meaning(part: Part, spoken: Spoken) -> list[Block]:
    """It reassures where nothing on the page asks to have this foot looked at."""
    reassures = part.rule.reassures
    if reassures and set(part.sides) <= set(spoken.reassured):
        return [part.rule.means, reassures]
    return [part.rule.means]


def _remarks(outcome: Result) -> list[tuple[tuple[str, ...], Block]]:
    """Each remark once, with the side it is about; with none when it is about both."""
    keys = dict.fromkeys((*outcome.left.modifiers, *outcome.right.modifiers))
    found = []
    for key in keys:
        sides = tuple(side for side in SIDES if key in outcome.side(side).modifiers)
        if remark := decision_table().modifier(key):
            found.append((sides if len(sides) < len(SIDES) else (), remark.text))
    return found


def _slip(attempt: Attempt, found: tuple[str, ...]) -> list[str]:
    """What to say at a visit: what was found, when it was seen, whether it hurt, and what to ask."""
    slip, pain = questionnaire().slip, attempt.answers.get(PAIN, {}).get("value", "")
    on = date_format(attempt.local_date, "j F Y")
    said = [slip.seen.format(date=on), *([slip.pain[pain]] if pain in slip.pain else []), slip.question]
    return [*found, " ".join(said[:-1]), said[-1]]


def _comparisons(spoken: Spoken) -> dict[str, Block]:
    """What is said of both sides together, by key."""
    known = decision_table().comparisons
    return {key: known[key].text for key in spoken.comparisons if key in known}


def _answers(attempt: Attempt) -> list[tuple[str, list[str]]]:
    """Every sided question that was asked, with the left and the right answer."""
    return [
        (question.summary, [question.label_of(attempt.answers[question.key].get(side)) for side in SIDES])
        for question in questionnaire().in_order
        if question.sided and question.key in attempt.answers
    ]


def _before(attempt: Attempt) -> list[tuple[str, str, str]]:
    """What was answered otherwise before the check was corrected: question, side, answer; as it was at first."""
    forms = attempt.earlier_forms()
    first = looks_of(attempt).first
    return [
        (question.summary, side if question.sided else "", question.label_of(value))
        for question in questionnaire().in_order
        for side, value in (forms[-1].answers.get(question.key, {}) if forms else {}).items()
        if side != "where" and value != first.get(question.key, {}).get(side)
    ]


def _looked_twice(attempt: Attempt, outcome: Result) -> dict[str, Any]:
    """What each look said of each item that was looked at twice, and what that means; empty without a second look."""
    if not attempt.looked_twice:
        return {}
    looks = looks_of(attempt)
    rows = []
    for item, sides in looks.items().items():
        question = questionnaire().questions[item]
        for side in sides:
            if side in looks.second.get(item, {}):
                said = [look.get(item, {}).get(side) for look in (looks.first, looks.second, looks.third)]
                rows.append(
                    {
                        "question": question.summary,
                        "side": side,
                        "said": [question.label_of(value) for value in said if value],
                        "agreed": looks.agree(item, side),
                        "stands": question.label_of(attempt.answers.get(item, {}).get(side)),
                    }
                )
    second_look = questionnaire().second_look
    means = [second_look.steady if all(row["agreed"] for row in rows) else second_look.wavering]
    return {
        "looks": rows,
        "looked_twice_means": [*means, *([second_look.kept_back] if outcome.locks else [])],
    }
