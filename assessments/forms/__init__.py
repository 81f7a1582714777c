"""The forms of the check and of the safety lists, made from their content."""
