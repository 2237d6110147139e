import { nowPlus, type Statement } from '@gatehouse/database';

export const insertUser: Statement = {
  name: 'users.insert',
  text: `
    INSERT INTO users (uuid, username, username_key, email, email_key, first_name, last_name, phone_number, role,
                       status, password_hash, email_verified_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $12::boolean THEN ${nowPlus(13)} END, ${nowPlus(13)})
    RETURNING id, created_at`,
};

export const changePassword: Statement = {
  name: 'users.change-password',
  text: `
    UPDATE users SET password_hash = $3, credential_version = credential_version + 1
    WHERE id = $1 AND credential_version = $2
    RETURNING id`,
};

export const setPassword: Statement = {
  name: 'users.set-password',
  text: 'UPDATE users SET password_hash = $2, credential_version = credential_version + 1 WHERE id = $1 RETURNING credential_version AS version',
};

export const rehash: Statement = {
  name: 'users.rehash',
  text: 'UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2',
};

export const verifyEmail: Statement = {
  name: 'users.verify-email',
  text: `
    UPDATE users
    SET email_verified_at = coalesce(email_verified_at, ${nowPlus(3)}),
        status = CASE status WHEN 'PENDING' THEN 'ACTIVE' ELSE status END
    WHERE id = $1 AND email_key = $2
    RETURNING id`,
};

export const blockUser: Statement = {
  name: 'users.block',
  text: `
    UPDATE users SET
      status = 'BLOCKED',
      status_before_block = CASE status WHEN 'BLOCKED' THEN status_before_block ELSE status END
    WHERE id = $1
    RETURNING id`,
};

/** Who has proved the address in the meantime is ACTIVE. */
export const unblockUser: Statement = {
  name: 'users.unblock',
  text: `
    UPDATE users SET
      status = CASE
        WHEN status <> 'BLOCKED' THEN status
        WHEN email_verified_at IS NOT NULL THEN 'ACTIVE'
        ELSE coalesce(status_before_block, 'PENDING') END,
      status_before_block = NULL
    WHERE id = $1
    RETURNING id`,
};

/** Locked first, so that what it was is what it was when it was changed. $2 role. */
export const setRole: Statement = {
  name: 'users.set-role',
  text: `
    WITH before AS MATERIALIZED (SELECT id, role FROM users WHERE id = $1 FOR NO KEY UPDATE)
    UPDATE users SET role = $2 FROM before WHERE users.id = before.id
    RETURNING before.role <> $2 AS changed`,
};

/** The same, under the lock that a change of a unique key takes. $2 username, $3 its key. */
export const renameUser: Statement = {
  name: 'users.rename',
  text: `
    WITH before AS MATERIALIZED (SELECT id, username FROM users WHERE id = $1 FOR UPDATE)
    UPDATE users SET username = $2, username_key = $3 FROM before WHERE users.id = before.id
    RETURNING before.username IS DISTINCT FROM $2 AS changed`,
};

/**
 * The same for the address. Another one is unverified, unless $4 says that it is not; an account that was ACTIVE by its
 * verified address is PENDING again. $2 address, $3 its key, $5 clock offset.
 */
export const setEmail: Statement = {
  name: 'users.set-email',
  text: `
    WITH before AS MATERIALIZED (
      SELECT id, email, email_key, email_verified_at, CASE
        WHEN email_key = $3 AND email_verified_at IS NOT NULL THEN email_verified_at
        WHEN $4::boolean THEN ${nowPlus(5)} END AS verified_at
      FROM users WHERE id = $1 FOR UPDATE
    )
    UPDATE users SET
      email = $2,
      email_key = $3,
      email_verified_at = verified_at,
      status = CASE
        WHEN status = 'PENDING' AND verified_at IS NOT NULL THEN 'ACTIVE'
        WHEN status = 'ACTIVE' AND before.email_verified_at IS NOT NULL AND verified_at IS NULL THEN 'PENDING'
        ELSE status END,
      status_before_block = CASE
        WHEN before.email_verified_at IS NOT NULL AND verified_at IS NULL AND status_before_block = 'ACTIVE' THEN 'PENDING'
        ELSE status_before_block END
    FROM before WHERE users.id = before.id
    RETURNING before.email AS before, before.email <> $2 OR (before.email_verified_at IS NULL) <> (verified_at IS NULL) AS changed,
              before.email_key <> $3 AS moved, verified_at IS NOT NULL AS verified,
              users.username IS NULL AND before.email <> $2 AS renamed`,
};

/** Each of the three is left alone where its flag ($2, $4, $6) is false. */
export const updateProfile: Statement = {
  name: 'users.update-profile',
  text: `
    UPDATE users SET
      first_name = CASE WHEN $2::boolean THEN $3::text ELSE first_name END,
      last_name = CASE WHEN $4::boolean THEN $5::text ELSE last_name END,
      profile_image_link = CASE WHEN $6::boolean THEN $7::text ELSE profile_image_link END
    WHERE id = $1
    RETURNING id`,
};

export const lockUser: Statement = {
  name: 'users.lock',
  text: 'SELECT id FROM users WHERE id = $1 FOR UPDATE',
};

/** Judged after the wait for the row: whoever held it may have changed the address. */
export const lockWithAddress: Statement = {
  name: 'users.lock-with-address',
  text: 'SELECT id FROM users WHERE id = $1 AND email_key = $2 FOR UPDATE',
};

/** Judged after the wait for the row: whoever held it may have verified the address, or changed it. */
export const lockUnverified: Statement = {
  name: 'users.lock-unverified',
  text: 'SELECT id FROM users WHERE id = $1 AND email_key = $2 AND email_verified_at IS NULL FOR UPDATE',
};
