"""The app exercises: bad content stops the start."""

from django.apps import AppConfig

from anatomy.blocks import require_keys
from anatomy.catalogue import catalogue as reference
from assessments.rules.safety_content import safety_content
from exercises.rules import catalogue, during, wording
from exercises.rules.making import making_page
from exercises.rules.numbers import rule_numbers
from exercises.rules.progress.expectations import expectations_page
from exercises.rules.warm_up import warm_up_and_close


class ExercisesConfig(AppConfig):
    """Reads exercises, planning rules, the words for reasons and the prose of pages when Django starts."""

    name = "exercises"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        from exercises.views.reference import how_progress_works_page  # noqa: PLC0415  (views wait for the apps)

        catalogue.catalogue()
        rule_numbers()
        wording.templates()
        during.care()
        for question in safety_content().questions.values():
            for effects in (question.effects, question.effects_once_seen):
                named = [*effects.cap, *effects.drop, *effects.offered_not_planned]
                named += effects.drop_when.exercises if effects.drop_when else ()
                require_keys(
                    named, catalogue.catalogue().exercises, where=f"safety question {question.key}: effects"
                )
        for page in [*reference().questions.values(), *reference().topics.values()]:
            where = f"page {page.key}"
            named = [*page.exercises, *(deed.exercise for deed in page.do if deed.exercise)]
            require_keys(named, catalogue.catalogue().exercises, where=f"{where}: exercises")
            moves = [key for section in page.sections for key in section.moves]
            require_keys(moves, [move.key for move in warm_up_and_close().after], where=f"{where}: moves")
        expectations_page()
        making_page()
        warm_up_and_close()
        how_progress_works_page()
