"""Which engine translates between which languages, and, where none does, why."""

from collections.abc import Iterator
from functools import lru_cache

from content.engines.base import EngineConfig, engine_config
from content.engines.translator import pruning
from content.engines.translator.base import EngineIdentity, Translator
from content.engines.translator.ctranslate import CheckpointTranslator
from content.engines.translator.layouts import NLLB
from content.engines.translator.offline_pt import LANGUAGE, OfflinePortuguese, why_unusable
from content.engines.translator.weights import Prepared, needs_acceptance, prepared
from content.languages import ENGLISH, Language

DRAFTS_ONLY = "A qualified translator must check every sentence."
NLLB_NOTICE = (
    "Non-commercial use only. Its makers release it for research, not for medical text and not for "
    "certified translation: a qualified translator must check every sentence."
)


def configured() -> EngineConfig:
    """The engines as the settings describe them."""
    return engine_config()


def available(config: EngineConfig) -> list[Translator]:
    """The engines that can work now, the best first. Loads no model and fetches nothing."""
    return [engine for engine in _engines_or_reasons(config) if not isinstance(engine, str)]


def for_language(
    target: Language, config: EngineConfig, source: Language = ENGLISH
) -> Translator | None:
    """The best engine from ``source`` into ``target``, or None: ``why_none`` says why."""
    return next((engine for engine in available(config) if engine.supports(target, source)), None)


def why_none(language: Language, config: EngineConfig) -> str:
    """One sentence for the desk on why no engine translates into ``language``, or ""."""
    if language is ENGLISH:
        return "English is the language that handouts are translated from."
    if for_language(language, config):
        return ""
    found = list(_checkpoints_or_reasons(config))
    reasons = [reason for reason in found if isinstance(reason, str)]
    if not config.checkpoints:
        reasons = ["no model is named in EDUENGINE_NLLB or EDUENGINE_TRANSLATORS"]
    if config.nllb and not language.flores:
        reasons = [reason for reason in reasons if config.nllb not in reason]
        reasons.append("NLLB-200 does not know the language")
    if language.code == LANGUAGE and isinstance(offline := _offline_or_reason(config), str):
        reasons.append(offline)
    said = " and ".join(reasons) or "the models that are set up do not know the language"
    return (
        f"No translation engine is set up for {language.name}: {said}; "
        "a human translator starts from the memory only."
    )


def _engines_or_reasons(config: EngineConfig) -> Iterator[Translator | str]:
    yield from _checkpoints_or_reasons(config)
    yield _offline_or_reason(config)


def _checkpoints_or_reasons(config: EngineConfig) -> Iterator[Translator | str]:
    return (_checkpoint_or_reason(spec, config) for spec in config.checkpoints)


def _checkpoint_or_reason(spec: str, config: EngineConfig) -> Translator | str:
    found = prepared(spec, config.cache)
    licence = found.licence if found else NLLB.licence if spec == config.nllb else ""
    if licence and needs_acceptance(licence) and not config.nllb_licence_accepted:
        return (
            f"no administrator has accepted the licence of {spec} ({licence}, "
            "EDUENGINE_NLLB_LICENCE_ACCEPTED)"
        )
    if found is None:
        return f"the model {spec} is not prepared yet (`manage.py pull_models`)"
    return _checkpoint(found, config.threads, pruning.stamp(found) if config.pruned else 0)


def _offline_or_reason(config: EngineConfig) -> Translator | str:
    if not config.offline_portuguese:
        return "offline Portuguese is switched off (EDUENGINE_OFFLINE_PORTUGUESE)"
    return why_unusable() or _offline()


# One engine a process, or every task would load the model anew. Revision and stamp are part of the
# key: a worker that runs on while another model is prepared loads that one at its next task.
@lru_cache(maxsize=16)
def _checkpoint(found: Prepared, threads: int, pruned_stamp: int) -> CheckpointTranslator:
    small = pruning.pruned(found) if pruned_stamp else None
    notice = NLLB_NOTICE if found.layout is NLLB else DRAFTS_ONLY
    revision = f"{found.revision} pruned" if small else found.revision
    identity = EngineIdentity(f"{found.name} int8", revision, found.licence, notice)
    return CheckpointTranslator(
        found.folder, found.layout, identity, pruned=small, inter_threads=threads
    )


@lru_cache(maxsize=1)
def _offline() -> OfflinePortuguese:
    return OfflinePortuguese()
