"""E-mails: written down with what they tell of, and sent by a worker."""
