"""The pages of the check and of the safety questions."""
