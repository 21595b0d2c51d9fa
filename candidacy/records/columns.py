"""What every table is made of: the one metadata with its naming of constraints, and kinds of columns that recur."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, Integer, LargeBinary, MetaData

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Identifier = BigInteger().with_variant(Integer(), "sqlite")
Json = JSON(none_as_null=True)


class Encrypted(LargeBinary):  # type: ignore[misc]
    """A column of what `encryption.Cipher` encrypted. Key rotation finds every column of this type, and no other."""


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """The constraint that a column holds one of these values."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)
