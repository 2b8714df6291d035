"""Errors by blame: what the user can understand and act on, apart from everything else."""


class UserError(Exception):
    """A refusal in the user's words: one French sentence and a stable code such as ``DISQUE_PLEIN``.

    The sentence says what happened, what is safe and what to do; ``details`` is for the log and for
    « Copier les détails » and never holds personal data.
    """

    def __init__(self, code: str, sentence: str, *, details: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.details = details

    def __str__(self) -> str:
        return f"{self.sentence} [{self.code}]"


class Invalid(UserError):
    """Values that cannot be kept: attribute name → French sentence, all problems at once."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("SAISIE_INVALIDE", " ".join(problems.values()))
        self.problems = problems
