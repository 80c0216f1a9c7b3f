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
        self._wave = hygiene.rarer(ledger.text) if self._slips else ""  # is to be the other one
        self._waves: list[Location] = []
        self._mixed = False  # whether there is another one in prose

    def read(self, text: str, *, paragraph: bool = True, quoted: bool = False) -> None:
        """Reads one text of the document.

        A `paragraph` may hold what looks like Markdown; the signs of a `quoted` one are others'.
        """
        if not (self._looks or self._slips or self._unpaired):
            return
        spot = self.ledger.spots(text)
        if paragraph and self._looks:
            for position, typed, meant in lookalikes.meant(text):
                arguments = {"typed": typed, "meant": meant}
                variant = lookalikes.variant(typed, quoted=quoted)
                self.ledger.fault("look-alike", spot(position, len(typed)), arguments, variant)
        prose = hygiene.prose(text)
        if self._unpaired:
            found = hygiene.unpaired(prose)
            self._alone += [(text[position], spot(position, 1)) for position in found]
        if self._slips and not quoted:
            if self._wave:
                waves = hygiene.places(self._wave, prose)
                self._waves += [spot(position, 1) for position in waves]
                self._mixed = self._mixed or hygiene.WAVES[self._wave] in prose
            for code, position, typed, meant in hygiene.slips(prose):
                place = spot(position, len(typed))
                self.ledger.fault(code, place, {"typed": typed, "meant": meant})

    def close(self) -> None:
        """Notes what only the whole document tells: brackets that no paragraph closes, waves."""
        for sign, place in self._unclosed():
            partner = hygiene.PARTNERS[sign]
            self.ledger.fault("unpaired-bracket", place, {"sign": sign, "partner": partner})
        for place in self._waves if self._mixed else ():
            arguments = {"typed": self._wave, "meant": hygiene.WAVES[self._wave]}
            self.ledger.fault("mixed-wave", place, arguments)

    def _unclosed(self) -> list[tuple[str, Location]]:
        """The brackets that have no partner in another paragraph either: it comes after."""
        waiting: dict[str, list[Location]] = {sign: [] for sign in hygiene.PAIRS.values()}
        alone: list[tuple[str, Location]] = []
        for sign, place in self._alone:
            if sign in waiting:
                waiting[sign].append(place)
            elif partners := waiting[hygiene.PAIRS[sign]]:
                partners.pop()
            else:
                alone.append((sign, place))
        alone += [(sign, place) for sign, places in waiting.items() for place in places]
        return sorted(alone, key=lambda one: one[1])
