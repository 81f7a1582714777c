"""Commands about e-mails."""
