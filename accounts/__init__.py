"""The person: user, their settings, sign-in. Nothing about bodies."""
