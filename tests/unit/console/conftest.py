"""A console for tests: real records in a temporary file, passwords that are compared quickly, browsers with cookies."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher
from cryptography.fernet import Fernet
from starlette.applications import Starlette
from starlette.testclient import TestClient

from candidacy.assistant.texts import Texts
from candidacy.clinic import clinic_variables
from candidacy.console.access.form_token import form_token
from candidacy.console.access.passwords import Passwords
from candidacy.console.access.recovery_codes import hash_recovery_code, new_recovery_codes
from candidacy.console.access.totp import accepted_step
from candidacy.console.administration import add_staff
from candidacy.console.app import create_app
from candidacy.records.audit import audit_page
from candidacy.records.audit_chain import ChainedEntry
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.staff.accounts import StaffAccount
from candidacy.records.staff.links import open_link, use_link
from candidacy.settings import Settings

AUDIT_KEY = b"an audit key for tests"
BASE_URL = "http://127.0.0.1:8001"
PASSWORD = "mauve kettle drift otter"
COOKIES = ("candidacy-staff", "__Host-candidacy-staff", "candidacy-form", "__Host-candidacy-form")


class Browser:
    """A browser with its cookies, which does not follow redirects by itself."""

    def __init__(self, app: Starlette, *, base_url: str = BASE_URL) -> None:
        self.http = TestClient(app, base_url=base_url, follow_redirects=False, raise_server_exceptions=False)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.http.get(path, **options)

    def post(self, path: str, fields: dict[str, str] | None = None, **options: Any) -> httpx.Response:
        """Send a form as a page of the console would, with its token."""
        return self.http.post(path, data={"form_token": self.form_token(), **(fields or {})}, **options)

    def form_token(self) -> str:
        if not self.http.cookies:
            self.get("/sign-in")
        return form_token(next(self.http.cookies[name] for name in COOKIES if name in self.http.cookies))


@dataclass
class Person:
    """A member of staff with what opens their account."""

    account: StaffAccount
    clock: Callable[[], datetime]
    totp_key: str
    recovery_codes: tuple[str, ...]
    password: str = PASSWORD

    def code(self) -> str:
        """What the authenticator app shows."""
        return pyotp.TOTP(self.totp_key).at(self.clock())

    def proof(self) -> dict[str, str]:
        return {"name": self.account.sign_in_name, "password": self.password, "code": self.code()}


@pytest.fixture
def settings() -> Settings:
    return Settings(console_port=8001)


@pytest.fixture
def cipher() -> Cipher:
    return Cipher([Fernet.generate_key().decode()])


@pytest.fixture(scope="session")
def texts(project: Path) -> Texts:
    """The texts of the product."""
    return Texts.from_domain(project / "domain.yml", variables=clinic_variables(Settings()))


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def make_app(
    settings: Settings,
    database: Database,
    cipher: Cipher,
    texts: Texts,
    passwords: Passwords,
    clock: Callable[[], datetime],
) -> Callable[..., Starlette]:
    """The console, with some parts changed."""

    def make(**changes: Any) -> Starlette:
        parts = {
            "settings": settings,
            "database": database,
            "cipher": cipher,
            "audit_key": AUDIT_KEY,
            "texts": texts,
            "passwords": passwords,
            "now": clock,
        }
        return create_app(**{**parts, **changes})

    return make


@pytest.fixture
def app(make_app: Callable[..., Starlette]) -> Starlette:
    return make_app()


@pytest.fixture
def new_browser(app: Starlette) -> Callable[..., Browser]:
    """A browser that knows nothing yet; of another app where one is given."""
    return lambda other=None, **options: Browser(other or app, **options)


@pytest.fixture
def browser(new_browser: Callable[..., Browser]) -> Browser:
    return new_browser()


@pytest.fixture
def hire(database: Database, cipher: Cipher, passwords: Passwords, clock: Any) -> Callable[..., Person]:
    """Add somebody whose account is set up; then half a minute goes by, so that the next code is a fresh one."""
    hashed = passwords.hash(PASSWORD)

    def add(role: str = "agent", *, sign_in_name: str | None = None) -> Person:
        codes, name = new_recovery_codes(), sign_in_name or role
        with database.session() as session:
            invitation = add_staff(
                session, cipher=cipher, sign_in_name=name, full_name=f"Ann {role.title()}", role=role, now=clock()
            )
            key = open_link(session, cipher=cipher, token=invitation.token, now=clock()).totp_key
            step = accepted_step(key, pyotp.TOTP(key).at(clock()), last_step=None, now=clock())
            assert step is not None
            use_link(
                session,
                cipher=cipher,
                token=invitation.token,
                password_hash=hashed,
                totp_step=step,
                recovery_code_hashes=[hash_recovery_code(code) for code in codes],
                now=clock(),
            )
        clock.advance(seconds=30)
        return Person(invitation.account, clock, key, codes)

    return add


@pytest.fixture
def signed_in(hire: Callable[..., Person], new_browser: Callable[..., Browser]) -> Callable[..., Browser]:
    """A browser in which somebody of a role is signed in."""

    def sign_in(role: str = "agent", *, person: Person | None = None, **options: Any) -> Browser:
        person = person or hire(role)
        browser = new_browser(**options)
        response = browser.post("/sign-in", person.proof())
        assert response.status_code == 303, response.text
        person.clock.advance(seconds=30)  # type: ignore[attr-defined]
        return browser

    return sign_in


@pytest.fixture
def audit(database: Database) -> Callable[[], list[ChainedEntry]]:
    """The audit's entries, oldest first."""

    def read() -> list[ChainedEntry]:
        with database.read_session() as session:
            return list(reversed(audit_page(session, limit=1000)))

    return read
