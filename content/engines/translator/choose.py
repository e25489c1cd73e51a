"""Which engine translates into which language, and, where none does, why."""

from functools import lru_cache

from content.engines.base import EngineConfig, engine_config
from content.engines.translator.base import EngineIdentity, Translator
from content.engines.translator.nllb import NllbTranslator
from content.engines.translator.offline_pt import LANGUAGE, OfflinePortuguese, why_unusable
from content.engines.translator.weights import LICENCE, Prepared, prepared
from content.languages import ENGLISH, Language

NLLB_NOTICE = (
    "Non-commercial use only. Its makers release it for research, not for medical text and not for "
    "certified translation: a qualified translator must check every sentence."
)


def configured() -> EngineConfig:
    """The engines as the settings describe them."""
    return engine_config()


def available(config: EngineConfig) -> list[Translator]:
    """The engines that can work now, the best first. Loads no model and fetches nothing."""
    found = (_nllb_or_reason(config), _offline_or_reason(config))
    return [engine for engine in found if not isinstance(engine, str)]


def for_language(language: Language, config: EngineConfig) -> Translator | None:
    """The best engine for ``language``, or None: then ``why_none`` says why."""
    return next((engine for engine in available(config) if engine.supports(language)), None)


def why_none(language: Language, config: EngineConfig) -> str:
    """One sentence for the desk on why no engine translates into ``language``, or ""."""
    if language is ENGLISH:
        return "English is the language that handouts are translated from."
    if for_language(language, config):
        return ""
    found = [_nllb_or_reason(config) if language.flores else "NLLB-200 does not know the language"]
    if language.code == LANGUAGE:
        found.append(_offline_or_reason(config))
    reasons = " and ".join(reason for reason in found if isinstance(reason, str))
    return (
        f"No translation engine is set up for {language.name}: {reasons}; "
        "a human translator starts from the memory only."
    )


def _nllb_or_reason(config: EngineConfig) -> Translator | str:
    if not config.nllb:
        return "no NLLB model is named in EDUENGINE_NLLB"
    if not config.nllb_licence_accepted:
        return (
            f"no administrator has accepted the licence of the NLLB model ({LICENCE}, "
            "EDUENGINE_NLLB_LICENCE_ACCEPTED)"
        )
    found = prepared(config.nllb, config.cache)
    if found is None:
        return f"the NLLB model {config.nllb} is not prepared yet (`manage.py pull_models`)"
    return _nllb(found, config.threads)


def _offline_or_reason(config: EngineConfig) -> Translator | str:
    if not config.offline_portuguese:
        return "offline Portuguese is switched off (EDUENGINE_OFFLINE_PORTUGUESE)"
    return why_unusable() or _offline()


# One engine a process, or every task would load the model anew. The revision is part of the key:
# a worker that runs on while another model is prepared loads that one at its next task.
@lru_cache(maxsize=2)
def _nllb(found: Prepared, threads: int) -> NllbTranslator:
    identity = EngineIdentity(f"{found.name} int8", found.revision, LICENCE, NLLB_NOTICE)
    return NllbTranslator(found.folder, identity, inter_threads=threads)


@lru_cache(maxsize=1)
def _offline() -> OfflinePortuguese:
    return OfflinePortuguese()
