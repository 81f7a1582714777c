"""The safety questions and the mirror check: questionnaire, decision table, attempts, results."""
