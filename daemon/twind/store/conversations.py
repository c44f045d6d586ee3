"""Conversations of one tenant's twins."""

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from twind.domain.answers import Citation
from twind.domain.audience import OWNER, Asker, Channel
from twind.domain.chunks import Locator
from twind.domain.conversations import ANY, Conversation, Message, Role, Wanted
from twind.domain.ids import new_id
from twind.domain.pages import Page
from twind.errors import NotFound
from twind.store.database import Database, Row, in_list
from twind.store.finding import any_word, wanted_condition
from twind.store.paging import AFTER_ALL, BEFORE_ALL, parse_cursor, to_page
from twind.store.scope import OF_A_TWIN

_CONVERSATION = (
    "key, id, twin_id, channel, session, title, created_at, updated_at, "
    "(SELECT count(*) FROM messages WHERE conversation_id = conversations.id) AS messages, "
    "(SELECT count(*) FROM messages WHERE conversation_id = conversations.id AND answered = 0) "
    "AS refused"
)
_MESSAGE = "key, id, role, content, answered, citations, created_at"

WITHDRAWN = "This answer was withdrawn: a source that it quotes was deleted."


class ConversationTable:
    """Conversations and their messages."""

    def __init__(self, db: Database, tenant_id: str) -> None:
        self._db = db
        self._tenant = tenant_id

    def start(self, twin_id: str, title: str, asker: Asker = OWNER) -> Conversation:
        """Begin a conversation of an asker with a twin.

        Raises:
            NotFound: No such twin.
        """
        conversation_id, now = new_id("cnv"), time.time()
        with self._db.transaction():
            started = self._db.execute(
                "INSERT INTO conversations (id, tenant_id, twin_id, channel, session, visitor, "
                "title, created_at, updated_at) SELECT :id, tenant_id, id, :channel, :session, "
                ":visitor, :title, :now, :now FROM twins "
                "WHERE id = :twin AND tenant_id = :tenant AND leaving_at IS NULL",
                {
                    **self._params(conversation_id),
                    "twin": twin_id,
                    "channel": asker.channel,
                    "session": asker.session,
                    "visitor": asker.visitor,
                    "title": title,
                    "now": now,
                },
            )
        if not started:
            raise NotFound(f"there is no twin {twin_id}", hint="see: twinctl twin list")
        return Conversation(
            id=conversation_id,
            twin_id=twin_id,
            channel=asker.channel,
            session=asker.session,
            title=title,
            messages=0,
            refused=0,
            created_at=now,
            updated_at=now,
        )

    def get(self, conversation_id: str) -> Conversation:
        """Return a conversation.

        Raises:
            NotFound: No such conversation.
        """
        rows = self._db.rows(
            f"SELECT {_CONVERSATION} FROM conversations "
            f"WHERE id = :id AND tenant_id = :tenant AND {OF_A_TWIN}",
            self._params(conversation_id),
        )
        if not rows:
            raise no_conversation(conversation_id)
        return _to_conversation(rows[0])

    def list(
        self,
        twin_id: str,
        *,
        wanted: Wanted = ANY,
        cursor: str | None = None,
        limit: int = 100,
    ) -> Page[Conversation]:
        """Return a page of the conversations of a twin that are wanted, newest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        condition, params = wanted_condition(wanted)
        rows = self._db.rows(
            f"SELECT {_CONVERSATION} FROM conversations "
            "WHERE twin_id = :twin AND tenant_id = :tenant AND key < :before "
            f"AND {condition} ORDER BY key DESC LIMIT :limit",
            {
                **params,
                "twin": twin_id,
                "tenant": self._tenant,
                "before": parse_cursor(cursor, AFTER_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_conversation)

    def add(
        self,
        conversation_id: str,
        role: Role,
        content: str,
        *,
        message_id: str | None = None,
        answered: bool | None = None,
        citations: Sequence[Citation] = (),
    ) -> Message:
        """Append a turn, under a new id unless one was given out before.

        It is withdrawn at once when a source, or a verified answer, that it cites was deleted
        meanwhile.

        Raises:
            NotFound: No such conversation.
        """
        message = Message(
            id=message_id or new_id("msg"),
            role=role,
            content=content,
            answered=answered,
            citations=tuple(citations),
            created_at=time.time(),
        )
        with self._db.transaction():
            for source_id in {each.source_id for each in citations} - self._known(citations):
                message = _without(message, source_id)
            touched = self._db.execute(
                "UPDATE conversations SET updated_at = :now "
                "WHERE id = :id AND tenant_id = :tenant",
                {**self._params(conversation_id), "now": message.created_at},
            )
            if not touched:
                raise no_conversation(conversation_id)
            self._insert(conversation_id, message)
        return message

    def messages(
        self, conversation_id: str, *, cursor: str | None = None, limit: int = 100
    ) -> Page[Message]:
        """Return a page of the turns of a conversation, oldest first.

        Raises:
            InvalidInput: The cursor is none.
        """
        rows = self._db.rows(
            f"SELECT {_MESSAGE} FROM messages "
            "WHERE conversation_id = :id AND tenant_id = :tenant AND key > :after "
            "ORDER BY key LIMIT :limit",
            {
                **self._params(conversation_id),
                "after": parse_cursor(cursor, BEFORE_ALL),
                "limit": limit + 1,
            },
        )
        return to_page(rows, limit, _to_message)

    def of_session(self, twin_id: str, session: str) -> Conversation | None:
        """Return the conversation with a twin that a session came back to last, if any."""
        rows = self._db.rows(
            f"SELECT {_CONVERSATION} FROM conversations WHERE session = :session "
            "AND session <> '' AND twin_id = :twin AND tenant_id = :tenant "
            "ORDER BY updated_at DESC, key DESC LIMIT 1",
            {"session": session, "twin": twin_id, "tenant": self._tenant},
        )
        return _to_conversation(rows[0]) if rows else None

    def latest(self, conversation_id: str, count: int) -> Sequence[Message]:
        """Return the last turns of a conversation, oldest first."""
        rows = self._db.rows(
            f"SELECT {_MESSAGE} FROM messages "
            "WHERE conversation_id = :id AND tenant_id = :tenant ORDER BY key DESC LIMIT :count",
            {**self._params(conversation_id), "count": count},
        )
        return [_to_message(row) for row in reversed(rows)]

    def messages_of(self, conversation_ids: Iterable[str]) -> dict[str, tuple[Message, ...]]:
        """Return all turns of some conversations, oldest first."""
        wanted, params = in_list("id", conversation_ids)
        rows = self._db.rows(
            f"SELECT conversation_id, {_MESSAGE} FROM messages "
            f"WHERE tenant_id = :tenant AND conversation_id IN {wanted} "
            "ORDER BY conversation_id, key",
            {**params, "tenant": self._tenant},
        )
        return {
            conversation_id: tuple(_to_message(row) for row in group)
            for conversation_id, group in groupby(rows, itemgetter("conversation_id"))
        }

    def first_with(self, conversation_ids: Iterable[str], words: Sequence[str]) -> dict[str, str]:
        """Return what the first turn of each conversation says that holds any of the words."""
        wanted, params = in_list("id", conversation_ids)
        holds, patterns = any_word("content", words)
        rows = self._db.rows(
            "SELECT conversation_id, content FROM messages WHERE key IN "
            "(SELECT min(key) FROM messages WHERE tenant_id = :tenant "
            f"AND conversation_id IN {wanted} AND {holds} GROUP BY conversation_id)",
            {**params, **patterns, "tenant": self._tenant},
        )
        return {row["conversation_id"]: row["content"] for row in rows}

    def withdraw(self, twin_id: str, source_id: str) -> int:
        """Take back the answers that quote a source and return how many they are.

        Their words go, since nobody can tell which of them come from that source; what they
        cite of other sources stays.
        """
        rows = self._db.rows(
            "SELECT m.key, m.id, m.role, m.content, m.answered, m.citations, m.created_at "
            "FROM conversations AS c JOIN messages AS m ON m.conversation_id = c.id "
            "WHERE c.twin_id = :twin AND c.tenant_id = :tenant "
            "AND instr(m.citations, :source) > 0",
            {"twin": twin_id, "tenant": self._tenant, "source": source_id},
        )
        left = [(row["key"], _without(_to_message(row), source_id)) for row in rows]
        self._db.executemany(
            "UPDATE messages SET content = :content, citations = :citations WHERE key = :key",
            [
                {
                    "key": key,
                    "content": message.content,
                    "citations": _written(message.citations),
                }
                for key, message in left
            ],
        )
        return len(left)

    def _known(self, citations: Sequence[Citation]) -> set[str]:
        wanted, params = in_list("source", {each.source_id for each in citations})
        rows = self._db.rows(
            f"SELECT id FROM sources WHERE tenant_id = :tenant AND id IN {wanted} UNION ALL "
            f"SELECT id FROM verified_answers WHERE tenant_id = :tenant AND id IN {wanted}",
            {**params, "tenant": self._tenant},
        )
        return {row["id"] for row in rows}

    def _insert(self, conversation_id: str, message: Message) -> None:
        self._db.execute(
            "INSERT INTO messages (id, tenant_id, conversation_id, role, content, answered, "
            "citations, created_at) VALUES (:message, :tenant, :id, :role, :content, :answered, "
            ":citations, :now)",
            {
                **self._params(conversation_id),
                "message": message.id,
                "role": message.role,
                "content": message.content,
                "answered": message.answered,
                "citations": _written(message.citations),
                "now": message.created_at,
            },
        )

    def _params(self, conversation_id: str) -> dict[str, Any]:
        return {"id": conversation_id, "tenant": self._tenant}


def no_conversation(conversation_id: str) -> NotFound:
    """Return the error that says so."""
    return NotFound(
        f"there is no conversation {conversation_id}", hint="see: twinctl conversations list"
    )


def _to_conversation(row: Row) -> Conversation:
    return Conversation(
        id=row["id"],
        twin_id=row["twin_id"],
        channel=Channel(row["channel"]),
        session=row["session"],
        title=row["title"],
        messages=row["messages"],
        refused=row["refused"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def _to_message(row: Row) -> Message:
    return Message(
        id=row["id"],
        role=Role(row["role"]),
        content=row["content"],
        answered=None if row["answered"] is None else bool(row["answered"]),
        citations=tuple(_to_citation(values) for values in json.loads(row["citations"])),
        created_at=row["created_at"],
    )


def _without(message: Message, source_id: str) -> Message:
    kept = tuple(each for each in message.citations if each.source_id != source_id)
    return replace(message, content=WITHDRAWN, citations=kept)


def _written(citations: Sequence[Citation]) -> str:
    return json.dumps([asdict(citation) for citation in citations])


def _to_citation(values: dict[str, Any]) -> Citation:
    return Citation(**{**values, "locator": Locator(**values["locator"])})
