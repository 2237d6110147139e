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

/** Judged after the wait for the row: whoever held it may have verified the address, or changed it. */
export const lockUnverified: Statement = {
  name: 'users.lock-unverified',
  text: 'SELECT id FROM users WHERE id = $1 AND email_key = $2 AND email_verified_at IS NULL FOR UPDATE',
};
