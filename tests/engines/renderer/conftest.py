from pathlib import Path

import pytest

from content.engines.renderer.document import HandoutDocument
from content.engines.renderer.handout import render_handout

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@pytest.fixture(scope="session")
def printed(fonts):
    """Renders a document to PDF bytes through everything that production does."""

    def run(document: HandoutDocument) -> bytes:
        return render_handout(document, templates=TEMPLATES, fonts=fonts)

    return run
