import { millis, nowPlus, type Statement } from '@gatehouse/database';

export const insertClient: Statement = {
  name: 'clients.insert',
  text: `
    WITH client AS (
      INSERT INTO clients (id, name, kind, channels, scopes, verify_email_url, password_reset_url, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, ${nowPlus(9)})
      RETURNING id, created_at
    )
    INSERT INTO client_secrets (hash, client_id, created_at) SELECT $8, id, created_at FROM client`,
};

/** The public application that an Api-Token belongs to. */
export const identifyClient: Statement = {
  name: 'clients.identify',
  text: `
    SELECT c.id, c.name, c.channels, c.verify_email_url, c.password_reset_url
    FROM client_secrets s JOIN clients c ON c.id = s.client_id
    WHERE s.hash = ANY($1) AND c.kind = 'public' AND c.disabled_at IS NULL
      AND (s.expires_at IS NULL OR s.expires_at > ${nowPlus(2)})`,
};

/** A new secret beside the old ones, which work for a while yet; those that expire earlier still do. */
export const rotateSecret: Statement = {
  name: 'clients.rotate-secret',
  text: `
    WITH client AS (
      SELECT id FROM clients WHERE name = $1 AND disabled_at IS NULL FOR UPDATE
    ), retired AS (
      UPDATE client_secrets SET expires_at = least(expires_at, ${nowPlus(3)} + ${millis(4)})
      WHERE client_id IN (SELECT id FROM client)
    )
    INSERT INTO client_secrets (hash, client_id, created_at) SELECT $2, id, ${nowPlus(3)} FROM client
    RETURNING client_id`,
};

export const disableClient: Statement = {
  name: 'clients.disable',
  text: `UPDATE clients SET disabled_at = coalesce(disabled_at, ${nowPlus(2)}) WHERE name = $1 RETURNING id`,
};
