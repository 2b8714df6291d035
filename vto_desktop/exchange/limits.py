"""What an imported file may cost at most: time, memory, rows, columns, texts."""

from typing import Final

SECONDS: Final = 10  # without anything new from the process that reads a workbook
PROCESSOR_SECONDS: Final = 30  # of its work in all, should its parent be gone
MEGABYTES: Final = 450  # of the process that reads a workbook; a hostile one asks for hundreds of thousands
ROWS: Final = 200_001  # the line of headings included
RECORDS: Final = 2_000_000  # of a text file, the empty ones included
COLUMNS: Final = 1_000
CELLS: Final = 3_000_000
FILE_BYTES: Final = 50_000_000
UNPACKED_BYTES: Final = 300_000_000  # what the parts of a workbook say they hold once unzipped
HEADER_ROWS: Final = 30  # in which the line of the headings is looked for
