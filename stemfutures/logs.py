"""How the service writes its log: one JSON object a line in production, plain lines elsewhere.

Every line of a request or job carries its id; nothing here logs what people wrote or who they are.
"""

import re
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, Processor, WrappedLogger

SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


# a link that decides, what somebody searched for, and the row that the database refused
TOKEN = re.compile(r"(/manager-decision/)[^/?\s]+")
QUERY = re.compile(r"\?\S*")
REFUSED_ROW = re.compile(r"\s*DETAIL:.*", re.DOTALL)


def without_secrets(_logger: WrappedLogger, _name: str, line: EventDict) -> EventDict:
    """Take out of a line what opens something or tells about somebody."""
    return {key: _cleaned(value) for key, value in line.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return REFUSED_ROW.sub("", QUERY.sub("?…", TOKEN.sub(r"\1…", value)))
    if isinstance(value, dict):
        return {key: _cleaned(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value


def configure() -> None:
    """Send what our own code logs through the standard library's handlers."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_table(*, as_json: bool, level: str) -> dict[str, Any]:
    """Give Django's LOGGING: every logger to one handler, in one shape."""
    last: list[Processor] = (
        [
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            without_secrets,
            structlog.processors.JSONRenderer(),
        ]
        if as_json
        else [
            without_secrets,
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": list(SHARED),
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *last,
                ],
            },
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
    }
