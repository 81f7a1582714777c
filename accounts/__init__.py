"""The person: user, settings of theirs, sign-in. Nothing about bodies."""
