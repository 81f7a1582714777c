"""The page of a result: what was found then, and what to do as things stand now."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from anatomy.blocks import Block
from assessments.models import Attempt
from assessments.rows import Owner, latest_result, looks_of, may_look_again, rest_today, safety_state
from assessments.rules.questionnaire import PAIN, SIDES, questionnaire
from assessments.rules.scoring import Rule, decision_table, seen_on
from assessments.rules.urgency import spoken_on_result
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
    table, state = decision_table(), safety_state(owner)
    spoken = spoken_on_result(outcome, state)
    sides: list[dict[str, Any]] = []
    left_said = {*outcome.left.locks, outcome.left.rule}
    for name in SIDES:
        side = outcome.side(name)
        rules = [rule for key in dict.fromkeys([*side.locks, side.rule]) if (rule := table.rule(key))]
        pain = seen_on(name, attempt.answers).get(PAIN)
        remarks = [table.modifier(key) for key in side.modifiers]
        sides.append(
            {
                "name": name,
                "rules": rules,
                "findings": [
                    {"title": rule.title, "blocks": _meaning(rule, is_reassured=name in spoken.reassured)}
                    if name == "left" or rule.key not in left_said
                    else {"title": rule.title}
                    for rule in rules
                ],
                "as_on_the_left": name == "right" and outcome.left == outcome.right and not outcome.flatter,
                "remarks": [remark for remark in remarks if remark],
                "words": attempt.in_words(name),
                "pain": questionnaire().questions[PAIN].label_of(pain),
                "where": where_it_hurt(attempt) if pain != "none" else "",
                "arch": _arch_pictures(attempt, name),
            }
        )
    looks = _looks(attempt)
    claims = [rule.means.claim for side in sides for rule in side["rules"] if rule.means.claim]
    second_look = questionnaire().second_look
    wavering = any(not row["agreed"] for row in looks)
    comparisons = [table.comparisons[key] for key in spoken.comparisons if key in table.comparisons]
    sides_named = {
        "B1": " and ".join(name for name in SIDES if outcome.side(name).locks),
        "B2": outcome.flatter,
    }
    return {
        "attempt": attempt,
        "outcome": outcome,
        "sides": sides,
        "when_to_see": spoken.when_to_see,
        "headline": comparisons[-1] if comparisons else None,
        "notices": [
            {
                "title": f"{one.title}: {sides_named[one.key]}" if one.key in sides_named else one.title,
                "text": one.text,
                "is_urgent": one.key == "B1",
            }
            for one in comparisons[:-1]
        ],
        "legs": f"figures/legs-{_knee(attempt, 'left')}-{_knee(attempt, 'right')}.svg",
        "check": questionnaire(),
        "looks": looks,
        "looked_twice_means": [
            second_look.wavering if wavering else second_look.steady,
            *([second_look.kept_back] if outcome.locks else []),
        ],
        "may_look_again": may_look_again(attempt) and rest_today(owner) is None,
        "state": state,
        "says_why": state.is_locked and all(lock.cause in outcome.locks for lock in state.locks),
        "claims": list(dict.fromkeys([*claims, *questionnaire().limits.claims])),
    }


def _meaning(rule: Rule, *, is_reassured: bool) -> list[Block]:
    """What a rule says it may mean; `is_reassured`: nothing on the page asks to have this foot looked at."""
    return [rule.means, rule.reassures] if rule.reassures and is_reassured else [rule.means]


def _looks(attempt: Attempt) -> list[dict[str, Any]]:
    """What each look said of each item that was looked at twice; empty without a second look."""
    if not attempt.looked_twice:
        return []
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
    return rows


def _knee(attempt: Attempt, side: str) -> str:
    seen = attempt.seen("knees", side)
    return seen if seen in {"in", "forward", "out"} else "unsure"


def _arch_pictures(attempt: Attempt, side: str) -> str | None:
    seen = attempt.seen("arch", side)
    return f"figures/arch-{side}-{seen}.svg" if seen in {"flat", "low", "normal", "high"} else None
