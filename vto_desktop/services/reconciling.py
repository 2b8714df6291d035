"""Whether parts add up to what was awarded, said in French."""

from dataclasses import dataclass

from vto_desktop import french


@dataclass(frozen=True)
class Reconciled:
    """A total of parts beside the amount they must add up to. Cents."""

    total: int
    awarded: int | None

    @property
    def is_equal(self) -> bool:
        """Return whether nothing is missing and nothing is too much."""
        return self.awarded is not None and self.total == self.awarded

    @property
    def role(self) -> str:
        """Return the tone of the sentence: ``ok`` or ``warn``."""
        return "ok" if self.is_equal else "warn"

    @property
    def words(self) -> str:
        """Return « égal à l’accordé », « il manque 2 000 € », « dépasse l’accordé de 2 000 € »."""
        if self.awarded is None:
            return "montant accordé non renseigné"
        if self.is_equal:
            return "égal à l’accordé"
        gap = french.amount(abs(self.awarded - self.total))
        return f"il manque {gap}" if self.total < self.awarded else f"dépasse l’accordé de {gap}"

    @property
    def sentence(self) -> str:
        """Return « Total 40 000 €, égal à l’accordé »."""
        return f"Total {french.amount(self.total)}, {self.words}"
