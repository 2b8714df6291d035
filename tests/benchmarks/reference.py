"""The search of the local authorities of France: what each key costs, and reading the file once."""

from collections.abc import Callable, Iterator
from typing import Final

from tests.benchmarks.harness import Effort, Outcome, bound_line, interleaved, median, percentile_95, timed
from vto_desktop.services import local_authorities

GOAL: Final = "REFERENCE"
FRAME: Final = 16.7  # milliseconds
ROUNDS: Final = 5  # of more than a hundred keys
READING: Final = 200.0  # milliseconds from which work must show its progress

# Typed letter by letter: an EPCI in full, one with its acronym, a postcode and a town, words that thousands
# of names share, and what no name holds.
TYPED: Final = (
    "Communauté d’Agglomération du Grand Alès",
    "ca hérault méditerranée (cahm)",
    "34400 lunel",
    "saint martin sur",
    "ai ou en zz",
)


def keys() -> Iterator[str]:
    """Give what stands in the field after each key, as a person types every text."""
    for text in TYPED:
        yield from (text[:end] for end in range(1, len(text) + 1))


def measure(effort: Effort) -> list[Outcome]:
    """Measure the search as the fields call it; the file is read before, as they see to."""
    local_authorities.prepare()

    def search(text: str) -> Callable[[], object]:
        return lambda: local_authorities.search(text)

    every_text = list(dict.fromkeys(keys()))
    texts = every_text[:: max(len(every_text) // (effort.steps * 3), 1)]
    samples = interleaved({text: timed(search(text)) for text in texts}, min(effort.rounds, ROUNDS))
    every = [value for text in texts for value in samples[text]]
    worst = max(median(samples[text]) for text in texts)
    reading = interleaved({"file": timed(_read_again)}, effort.starts, warm=False)["file"]
    return [
        bound_line(
            GOAL, "a key among 36,224 authorities, 95 % of the keys", percentile_95(every), FRAME, "ms"
        ),
        bound_line(GOAL, "the same, the slowest key", worst, FRAME, "ms"),
        bound_line(GOAL, "reading the file, once a session", median(reading), READING, "ms"),
    ]


def _read_again() -> None:
    local_authorities.forget()
    local_authorities.prepare()
