"""A sent version never changes, nor do its lines; an acceptance is of a sent version of its own quote, and stays."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION quotes_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sent_at IS NOT NULL THEN
        RAISE EXCEPTION 'offer % of quote % was sent and never changes', OLD.number, OLD.quote_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.sent_at IS NOT NULL AND NOT EXISTS (SELECT FROM quotes_versionline WHERE version_id = NEW.id) THEN
        RAISE EXCEPTION 'offer % of quote % has no line to send', NEW.number, NEW.quote_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER quotes_keep_version BEFORE UPDATE OR DELETE ON quotes_quoteversion
    FOR EACH ROW EXECUTE FUNCTION quotes_keep_version();

CREATE FUNCTION quotes_version_starts_as_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sent_at IS NOT NULL THEN
        RAISE EXCEPTION 'an offer is written first and sent afterwards' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER quotes_version_starts_as_draft BEFORE INSERT ON quotes_quoteversion
    FOR EACH ROW EXECUTE FUNCTION quotes_version_starts_as_draft();

-- The row lock makes a line that is written while its version is being sent wait, and then be refused.
CREATE FUNCTION quotes_keep_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sent boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT sent_at IS NOT NULL INTO sent FROM quotes_quoteversion WHERE id = OLD.version_id FOR SHARE;
        IF sent THEN
            RAISE EXCEPTION 'the lines of a sent offer never change' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT sent_at IS NOT NULL INTO sent FROM quotes_quoteversion WHERE id = NEW.version_id FOR SHARE;
        IF sent THEN
            RAISE EXCEPTION 'the lines of a sent offer never change' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER quotes_keep_lines BEFORE INSERT OR UPDATE OR DELETE ON quotes_versionline
    FOR EACH ROW EXECUTE FUNCTION quotes_keep_lines();

ALTER TABLE quotes_quoteversion ADD CONSTRAINT quotes_version_of_quote UNIQUE (id, quote_id);
ALTER TABLE quotes_acceptance ADD CONSTRAINT quotes_acceptance_of_quote
    FOREIGN KEY (version_id, quote_id) REFERENCES quotes_quoteversion (id, quote_id);

CREATE FUNCTION quotes_keep_acceptance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'an acceptance never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM quotes_quoteversion WHERE id = NEW.version_id AND expires_at > NEW.accepted_at) THEN
        RAISE EXCEPTION 'only an offer that was sent and is valid can be accepted'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER quotes_keep_acceptance BEFORE INSERT OR UPDATE OR DELETE ON quotes_acceptance
    FOR EACH ROW EXECUTE FUNCTION quotes_keep_acceptance();
"""

BACKWARD = """
DROP TRIGGER quotes_keep_acceptance ON quotes_acceptance;
DROP FUNCTION quotes_keep_acceptance();
ALTER TABLE quotes_acceptance DROP CONSTRAINT quotes_acceptance_of_quote;
ALTER TABLE quotes_quoteversion DROP CONSTRAINT quotes_version_of_quote;
DROP TRIGGER quotes_keep_lines ON quotes_versionline;
DROP FUNCTION quotes_keep_lines();
DROP TRIGGER quotes_version_starts_as_draft ON quotes_quoteversion;
DROP FUNCTION quotes_version_starts_as_draft();
DROP TRIGGER quotes_keep_version ON quotes_quoteversion;
DROP FUNCTION quotes_keep_version();
"""


class Migration(migrations.Migration):
    dependencies = [("quotes", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
