"""The app assessments: bad content stops the start."""

from django.apps import AppConfig

from assessments.rules import counting, questionnaire, scoring, then_and_now
from assessments.rules.safety_content import safety_content


class AssessmentsConfig(AppConfig):
    """Reads questionnaire, decision table, safety lists and countable checks when Django starts."""

    name = "assessments"

    def ready(self) -> None:
        """Load the content once; raises ContentError with the file and the key."""
        questionnaire.questionnaire()
        scoring.decision_table()
        safety_content()
        counting.counting()
        then_and_now.page()
