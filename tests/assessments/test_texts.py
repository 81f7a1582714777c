"""What the texts of the check must keep, whoever rewords them: limits, procedure, advice, and no verdict."""

import re
from collections import Counter
from collections.abc import Iterable

import pytest

from anatomy.blocks import blocks_in
from anatomy.catalogue import catalogue as reference
from assessments.rules.questionnaire import questionnaire
from assessments.rules.safety_content import SafetyQuestion, safety_content
from assessments.rules.scoring import decision_table
from tests.every import for_every

MOST_STEPS = 6
MOST_WORDS = 60
"""On a do page, which is read from a step away and fits one screen."""

RULES = {rule.key: rule for rule in decision_table().rules}
REMARKS = {remark.key: remark for remark in decision_table().modifiers}
COMPARISONS = decision_table().comparisons
DO_PAGES = questionnaire().do_pages
QUESTIONS = questionnaire().questions
SAFETY = safety_content().questions

RESULT_TEXTS = {
    **{
        key: f"{rule.title}. {rule.means.text} {rule.reassures.text if rule.reassures else ''}"
        for key, rule in RULES.items()
    },
    **{
        f"{key} heading {number}": f"{heading.both}. {heading.one}."
        for key, rule in RULES.items()
        for number, heading in enumerate(rule.headings)
    },
    **{f"{key} slip": f"{rule.slip.both} {rule.slip.one}" for key, rule in RULES.items() if rule.slip},
    **{key: remark.text.text for key, remark in REMARKS.items()},
    **{key: f"{one.heading or ''}. {one.text.text}" for key, one in COMPARISONS.items()},
}
SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
OF_STRENGTH = re.compile(r"\b(?:strong|strength|weak|tight|muscles?|power)\w*\b", re.IGNORECASE)
DENIES = re.compile(r"\b(?:not|no|nothing|never|cannot)\b", re.IGNORECASE)
A_KIND_OF_TRAINING = "General strength training is healthy all the same."
OF_CAUSE = re.compile(
    r"\bbecause of\b|\bcaused?\b|\bcomes from\b|\bis due to\b|\bleads? to\b|\b(?:is|are) the reason\b",
    re.IGNORECASE,
)


def on_one_line(text: str) -> str:
    return " ".join(text.split())


def sentences(text: str) -> list[str]:
    return SENTENCE_END.split(on_one_line(text))


def found_strength(text: str) -> list[str]:
    """Sentences that speak of strength, weakness or tightness as something the check found."""
    return [
        sentence
        for sentence in sentences(text)
        if OF_STRENGTH.search(sentence) and not DENIES.search(sentence) and sentence != A_KIND_OF_TRAINING
    ]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


# --- what a result says ------------------------------------------------------------------------------


@for_every(sorted(RESULT_TEXTS))
def test_result_never_finds_strength_or_tightness(key: str) -> None:
    assert found_strength(RESULT_TEXTS[key]) == []


@pytest.mark.parametrize(
    "text", ["Your hips look weak.", "This shows strong hips.", "A tight muscle pulls the knee in."]
)
def test_finding_of_strength_or_tightness_would_be_noticed(text: str) -> None:
    assert found_strength(text) == [text]


@for_every(sorted(RESULT_TEXTS))
def test_result_names_a_cause_only_as_one_that_may_be(key: str) -> None:
    assert not OF_CAUSE.search(RESULT_TEXTS[key])


@pytest.mark.parametrize(
    ("key", "keeps"),
    [
        ("X1", ["until someone has had a look", "in which nothing hurts", "changes how you walk"]),
        ("X2", ["adult life", "examined once"]),
        ("X3", ["should be examined", "cannot tell"]),
        (
            "X4",
            ["standing, sitting and on tiptoe", "clinician can tell", "stiff", "do not expect hip exercises"],
        ),
        ("X5", ["should not lower the arch", "look again", "ball of the big toe on the floor"]),
        ("X6", ["Stiffness", "shape of the bones", "our instructions", "cannot be compared"]),
        ("M1", ["moves with your leg", "does not measure strength", "reasonable thing to try"]),
        ("M2", ["shape of the foot or leg", "foot and calf", "reasonable start"]),
        ("M2b", ["tiptoe or sitting", "can move", "foot and calf", "hip exercises are up to you"]),
        ("M3", ["arch on this side is not low", "control of the hip are up to you"]),
        ("M4", ["can move", "did not look in", "If nothing hurts, nothing is needed"]),
        ("M5", ["could not see whether it moves", "another day"]),
        ("M6", ["Not the flat-foot pattern", "new", "on one side only", "repeated sprains"]),
        ("M7", ["No flat-foot pattern", "General strength training is healthy"]),
        ("M8", ["another day", "take a photo"]),
        ("T1", ["how the thigh bone is shaped", "studied children", "Do not force it"]),
        ("T2", ["shape of the shin", "studied children", "Keep the foot angle you have", "second toe"]),
        ("T3", ["3 out of 10 or less"]),
        ("T4", ["only while your feet were lined up", "position of the feet alone"]),
        ("B1", ["gets worse", "do not put off"]),
        ("B2", ["clearly flatter", "one side only", "public health service", "list of reasons to be seen"]),
    ],
)
def test_result_keeps_the_meaning_of_the_decision_table(key: str, keeps: list[str]) -> None:
    text = on_one_line(RESULT_TEXTS[key])

    assert [words for words in keeps if words not in text] == []


def test_every_rule_remark_and_comparison_says_its_own() -> None:
    texts = [rule.means.text for rule in RULES.values()]
    texts += [rule.title for rule in RULES.values()]
    texts += [remark.text.text for remark in REMARKS.values()]
    texts += [one.text.text for one in COMPARISONS.values()]
    headings = [words for rule in RULES.values() for one in rule.headings for words in (one.both, one.one)]

    assert (twice(texts), twice(headings)) == ([], [])


def test_rule_is_graded_by_the_claim_it_leans_on() -> None:
    assert {key: rule.means.claim for key, rule in RULES.items() if rule.means.claim} == {
        "X4": "foot_shape_stays",
        "X5": "turning_leg_out_lifts_arch",
        "M1": "turning_leg_out_lifts_arch",
        "M2": "short_foot_lowers_navicular_drop",
        "M2b": "short_foot_lowers_navicular_drop",
        "M3": "hip_strength_controls_knee",
    }


def test_every_result_says_what_it_cannot_tell_and_grades_the_popular_claim() -> None:
    limits = questionnaire().limits
    points = " ".join(point.text for point in limits.points)

    assert "How strong your hips are" in points
    assert "tight or weak" in points
    assert "Why a kneecap looks in" in points
    assert "no study of how reliable" in on_one_line(limits.how_sure.text)
    assert "rising_arch_shows_weak_hips" in limits.claims


def test_when_to_see_someone_holds_the_whole_public_health_list() -> None:
    text = on_one_line(questionnaire().when_to_see.text.text)
    reasons = ("hurt", "stiff", "weak", "numb", "injure", "Walking", "balance", "not flat before", "only one")

    assert [reason for reason in reasons if reason not in text] == []
    assert questionnaire().when_to_see.text.sources == ("nhs111wales_flat_feet",)


# What nobody was asked about: a name of one of these on a result would be a guess about the reader.
NOT_ASKED_ABOUT = re.compile(
    r"\b(?:arthritis|arthrosis|bursitis|collapsing|coalition|diabet\w*|deformity|disease|dysfunction|fasciitis|"
    r"fracture|nerve|neuropathy|osteoporosis|palsy|rheumat\w*|sciatica|syndrome|tend[io]n\w*|tear|thrombosis|"
    r"tumou?r|cancer)\b",
    re.IGNORECASE,
)


def test_result_names_no_disease_that_was_not_asked_about() -> None:
    claims = reference().claims
    graded = {rule.means.claim for rule in RULES.values()} | set(questionnaire().limits.claims)
    shown = {
        **RESULT_TEXTS,
        **{key: claims[key].title for key in graded if key},
        **{f"limits {n}": block.text for n, block in enumerate(blocks_in(questionnaire().limits))},
        "when to see": questionnaire().when_to_see.text.text,
    }

    assert {key: found for key, text in shown.items() if (found := NOT_ASKED_ABOUT.findall(text))} == {}


def test_x1_says_both_ways_on_and_puts_no_number_of_weeks_beside_them() -> None:
    text = on_one_line(RESULT_TEXTS["X1"])

    assert (
        "until someone has had a look, or until a mirror check on another day in which nothing hurts" in text
    )
    assert not re.search(r"\bweeks?\b|\bbefore you train\b", text)


# --- before and at the mirror ------------------------------------------------------------------------


def test_start_page_says_what_it_cannot_show() -> None:
    cannot = questionnaire().start.cannot.text

    for words_kept in ("strength", "tight or weak", "or why", "does not diagnose"):
        assert words_kept in cannot


def test_start_page_promises_no_duration_and_names_what_one_needs() -> None:
    start = questionnaire().start
    needs = " ".join(block.text for block in start.needs)

    assert not re.search(r"\bminutes?\b|\bseconds?\b", " ".join(block.text for block in blocks_in(start)))
    for thing in ("mirror", "Bare feet and bare knees", "prop up your phone", "wall or a chair"):
        assert thing in needs


@for_every(sorted(DO_PAGES))
def test_do_page_is_short(key: str) -> None:
    steps = DO_PAGES[key].steps

    assert len(steps.paragraphs) <= MOST_STEPS
    assert len(words(steps.text)) <= MOST_WORDS


@pytest.mark.parametrize("how", ["steps", "aloud"])
@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("notice", ["bare", "kneecaps", "five steps on the spot", "stand as you usually do", "toes"]),
        ("set_up", ["the two bones at the front of your hips", "little-toe edges"]),
        ("set_up", ["each ankle straight under its hand", "knees a little bent", "same weight on both feet"]),
        ("turn_out", ["knees a little bent", "turn your thighs outward", "keep your feet still"]),
        ("turn_out", ["the ball under each big toe down", "seconds", "not comfortable? stop"]),
        ("tiptoe", ["one hand on a wall or a chair", "both feet", "further from it", "if you cannot rise"]),
        ("tiptoe", ["side to the mirror", "turn round"]),
        ("sit", ["side to the mirror", "without pressing", "inner side", "other foot"]),
    ],
)
def test_do_page_keeps_the_procedure_on_screen_and_aloud(page: str, says: list[str], how: str) -> None:
    block = DO_PAGES[page].steps if how == "steps" else DO_PAGES[page].aloud
    text = on_one_line(block.text).lower().replace("your knees soft", "knees soft")

    assert [words_kept for words_kept in says if words_kept not in text] == []


@for_every(sorted(DO_PAGES))
def test_do_page_says_where_to_look_from(key: str) -> None:
    assert "in the mirror" in DO_PAGES[key].steps.text.lower()
    assert "in the mirror" in DO_PAGES[key].aloud.text.lower()


def test_usual_stance_comes_first_and_toes_are_judged_in_it_alone() -> None:
    order = questionnaire().order

    assert order.index("notice") < order.index("toes") < order.index("set_up") < order.index("knees")
    assert {key for key, question in QUESTIONS.items() if question.stance == "natural"} == {
        "toes",
        "knees_usual",
    }


def test_every_question_but_pain_offers_not_sure() -> None:
    assert [key for key, question in QUESTIONS.items() if not question.unsure] == ["pain"]


def test_question_of_pain_counts_stopping_for_pain() -> None:
    labels = {choice.value: choice.label for choice in QUESTIONS["pain"].choices}

    assert "stopped because it hurt" in labels["stop"]
    assert "4 or more" in labels["stop"]
    assert "1 to 3" in labels["mild"]


@for_every(sorted(QUESTIONS))
def test_question_and_its_answers_judge_nobody(key: str) -> None:
    question = QUESTIONS[key]
    text = " ".join(
        [
            *(question.title or "", question.legend, question.summary),
            question.lead.text if question.lead else "",
            *(choice.label for choice in question.choices),
        ]
    )

    assert not re.search(
        r"\b(?:bad|good|poor|healthy|weak|strong|should|ideal|best|worse)\b", text, re.IGNORECASE
    )


# --- safety ------------------------------------------------------------------------------------------


def test_every_safety_question_has_its_own_title_words_explanation_and_advice() -> None:
    asked = SAFETY.values()

    for own in (
        [question.title for question in asked],
        [question.asks.text for question in asked],
        [question.explain.text for question in asked],
        [on_one_line(question.advice.text) for question in asked],
        [sentences(question.advice.text)[0] for question in asked],
    ):
        assert twice(own) == []


@for_every(SAFETY.values(), lambda question: question.key)
def test_advice_says_what_to_do_as_soon_as_its_level_asks(question: SafetyQuestion) -> None:
    advice = on_one_line(question.advice.text)
    wanted = {
        "emergency": r"\bnow\b|\bDo not wait\b.*\bemergency\b",
        "today": r"\btoday\b",
        "urgent": r"\bwithin the next days\b",
        "clinician_first": r"\bbefore\b|\bAsk your\b",
        "no_workout_today": r"\btoday\b",
        "advise": r"\bTell a\b",
        "adapt": r"\bAsk your\b|\bSee a clinician\b|\bTell your doctor\b",
    }

    assert re.search(wanted[question.level], advice)


@pytest.mark.parametrize(
    ("key", "keeps"),
    [
        ("RF1", ["emergency"]),
        ("RF2", ["emergency"]),
        ("RF3", ["today", "out-of-hours"]),
        ("RF4", ["weight off the foot", "foot team or doctor today", "out-of-hours"]),
        ("RF5", ["emergency"]),
        ("RF21", ["emergency", "Blood may not reach"]),
        ("RF22", ["same day", "out-of-hours", "short of breath", "emergency number now"]),
        ("RF23", ["emergency number now"]),
        ("RF6", ["doctor or podiatrist before"]),
        ("RF7", ["look at the foot"]),
        ("RF8", ["examined", "tendon"]),
        ("RF9", ["before you train"]),
        ("RF9b", ["physiotherapist, podiatrist or doctor", "3 out of 10 or less"]),
        ("RF11", ["doctor", "within the next days"]),
        ("RF12", ["before you train"]),
        ("RF13", ["surgical team"]),
        ("RF14", ["doctor", "which exercises"]),
        ("RF15", ["Ask your doctor", "do not hold your breath", "lift nothing heavy"]),
        ("RF16", ["midwife or doctor", "middle of pregnancy", "on your back", "No heavy deadlifts"]),
        ("RF16", ["bleed", "baby moves less", "pelvis hurts"]),
        ("RF18", ["sore side", "pillow between your knees", "cross your legs", "6 weeks"]),
        ("RF19", ["both hands", "every standing exercise", "someone nearby"]),
        ("RF20", ["doctor"]),
    ],
)
def test_advice_keeps_the_meaning_of_the_safety_sheet(key: str, keeps: list[str]) -> None:
    text = on_one_line(SAFETY[key].advice.text)

    assert [words_kept for words_kept in keeps if words_kept not in text] == []


def test_no_advice_or_explanation_plays_anything_down() -> None:
    calming = re.compile(r"\bharmless\b|\bdo not worry\b|\bno reason to\b|\bnothing serious\b", re.IGNORECASE)

    assert [
        block.text
        for question in SAFETY.values()
        for block in blocks_in(question)
        if calming.search(block.text)
    ] == []


def twice(texts: Iterable[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]
