import { nowPlus, type Statement } from '@gatehouse/database';

/**
 * Makes the accounts whose address, username and id nobody has, those of earlier rows of the same call included, and
 * gives their ids. What is there already is left out beforehand, so that a second run uses up no numbers.
 */
export const insertAccounts: Statement = {
  name: 'users.import',
  text: `
    INSERT INTO users (uuid, username, username_key, email, email_key, first_name, last_name, phone_number, role,
                       status, password_hash, email_verified_at, created_at)
    SELECT uuid, username, username_key, email, email_key, first_name, last_name, phone_number, role, status,
           password_hash, CASE WHEN verified THEN coalesce(created_at, ${nowPlus(13)}) END,
           coalesce(created_at, ${nowPlus(13)})
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::boolean[], $14::timestamptz[])
      WITH ORDINALITY AS given(uuid, username, username_key, email, email_key, first_name, last_name, phone_number,
                               role, status, password_hash, verified, created_at, position)
    WHERE NOT EXISTS (SELECT FROM users u WHERE u.email_key = given.email_key)
      AND NOT EXISTS (SELECT FROM users u WHERE u.username_key = given.username_key)
      AND NOT EXISTS (SELECT FROM users u WHERE u.uuid = given.uuid)
    ORDER BY position
    ON CONFLICT DO NOTHING
    RETURNING uuid`,
};

/** Who has these addresses, usernames or ids. */
export const holdersOf: Statement = {
  name: 'users.holders',
  text: `
    SELECT uuid, email_key, username_key FROM users
    WHERE email_key = ANY($1::text[]) OR username_key = ANY($2::text[]) OR uuid = ANY($3::uuid[])`,
};
