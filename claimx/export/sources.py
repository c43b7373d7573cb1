"""Where a claim was found, as an address that others can follow."""

from __future__ import annotations

import re

# The archives of old-style identifiers ("hep-th/9901001", "math.GT/0309136"), those since closed among them.
_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|math|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|"
    "plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
_ARXIV = re.compile(
    r"(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/|(?:https?://(?:dx\.)?doi\.org/)?10\.48550/arxiv\.|arxiv:)?"
    rf"(?P<id>[0-9]{{2}}(?:0[1-9]|1[0-2])\.[0-9]{{4,5}}|(?:{_ARCHIVES})(?:\.[a-z-]{{2,}})?/[0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{3}})"
    r"(?P<version>v[1-9][0-9]*)?(?:\.pdf)?",
    re.IGNORECASE | re.ASCII,
)


def arxiv_url(paper_id: str) -> str | None:
    """The page of ``paper_id`` on arXiv, with its version where it names one; None if it is no arXiv identifier.

    Read are new and old identifiers, bare or as ``arXiv:…``, an address or a DOI.
    """
    found = _ARXIV.fullmatch(paper_id.strip())
    return None if found is None else f"https://arxiv.org/abs/{found['id']}{(found['version'] or '').lower()}"
