"""Reads the texts of a document for what was surely meant otherwise, and notes it."""

from sitegen.content import hygiene, lookalikes
from sitegen.content.ledger import Ledger
from sitegen.diagnostics.model import Location


class Proof:
    """The proof-reader of one document; what it finds goes into the ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._looks = lookalikes.suspicious(ledger.text)
        self._slips = hygiene.suspicious(ledger.text)
        self._unpaired = hygiene.uneven(ledger.text)
        self._alone: list[tuple[str, Location]] = []

    def read(self, text: str, *, paragraph: bool = True) -> None:
        """Reads one text of the document; a `paragraph` may hold what looks like Markdown."""
        if paragraph and self._looks:
            for typed, meant in lookalikes.meant(text):
                arguments = {"typed": typed, "meant": meant}
                self.ledger.fault("look-alike", self.ledger.place(typed), arguments)
        if not (self._slips or self._unpaired):
            return
        prose = hygiene.prose(text)
        for position in hygiene.unpaired(prose) if self._unpaired else ():
            # a few characters more than the bracket, to find its place
            place = self.ledger.place(text[position : position + 8], text[position])
            self._alone.append((text[position], Location(place.path, place.line, place.column)))
        if self._slips:
            for code, typed, meant in hygiene.slips(prose):
                self.ledger.fault(code, self.ledger.place(typed), {"typed": typed, "meant": meant})

    def close(self) -> None:
        """Notes what only the whole document tells: brackets that no paragraph closes, waves."""
        counts = dict.fromkeys("「」『』（）", 0)
        for sign, _ in self._alone:
            counts[sign] += 1
        partners = {**hygiene.PAIRS, **{pair[1]: pair[0] for pair in hygiene.PAIRS.items()}}
        for sign, place in self._alone:
            if counts[sign] != counts[partners[sign]]:
                arguments = {"sign": sign, "partner": partners[sign]}
                self.ledger.fault("unpaired-bracket", place, arguments)
        if self._slips and (mixed := hygiene.mixed_wave(self.ledger.text)):
            typed, meant = mixed
            place = self.ledger.place(typed)
            self.ledger.fault("mixed-wave", place, {"typed": typed, "meant": meant})
