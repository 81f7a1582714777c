"""Argon2 with the parameters OWASP recommends.

Django's own (100 MiB, 8 lanes) makes a handful of sign-ins a second and stalls everyone else while it does.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id, 19 MiB of memory, two passes, one lane."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
