// Generated from the OpenAPI document by `npm run client:types`; changes belong there.

export interface paths {
    "/v1/auth/token/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register a new user */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token/fresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Authenticate and get fresh tokens */
        post: operations["fresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Verify the access token */
        put: operations["verify"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Revoke the access token and the session that it belongs to */
        put: operations["revoke"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/token/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get new tokens by the refresh token; the access token may have expired */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's sessions, newest first
         * @description A user's own sessions, or anyone's for an ADMIN.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** End all of a user's sessions */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        FieldFault: {
            /**
             * @description The refused field
             * @example username
             */
            field: string;
            /**
             * @description Why
             * @example is missing
             */
            reason: string;
        };
        FreshDto: {
            /**
             * @description The username or e-mail address of the user
             * @example mahir
             */
            username: string;
            /**
             * @description The password of the user
             * @example abc123456
             */
            password: string;
        };
        Problem: {
            /**
             * @description Always about:blank: the code tells more
             * @example about:blank
             */
            type: string;
            /**
             * @description The status in HTTP's words
             * @example Bad Request
             */
            title: string;
            /**
             * Format: int64
             * @description The status
             * @example 400
             */
            status: number;
            /**
             * @description What was wrong and what to do, for people
             * @example Some fields were refused: errors says which and why
             */
            detail: string;
            /**
             * @description What was wrong, for programs
             * @example validation_failed
             */
            code: string;
            /** @description The refused fields, in the order of the document */
            errors?: components["schemas"]["FieldFault"][];
        };
        RefreshDto: {
            /**
             * @description Which kind of token is sent
             * @example refresh
             * @enum {string}
             */
            type: "refresh";
            /**
             * @description The refresh token
             * @example eyJhbGciOiJFUzI1NiIs…
             */
            token: string;
        };
        RegisterDto: {
            /**
             * @description The username of the new user
             * @example mahir
             */
            username: string;
            /**
             * Format: password
             * @description The password of the new user
             * @example abc123456
             */
            password: string;
            /**
             * Format: password
             * @description The password confirmation
             * @example abc123456
             */
            password_confirm: string;
            /**
             * Format: email
             * @description The e-mail address of the new user
             * @example not@null.com
             */
            email: string;
        };
        Registered: {
            /**
             * Format: int64
             * @description The id of the user
             * @example 1
             */
            id: number;
            /**
             * @description The username
             * @example mahir
             */
            username: string;
            /**
             * @description The e-mail address
             * @example not@null.com
             */
            email: string;
            /**
             * @description When the user was registered
             * @example 2026-01-31T10:30:00.000Z
             */
            created_at: string;
        };
        Revoked: {
            /**
             * @example true
             * @enum {boolean}
             */
            revoked: true;
        };
        Session: {
            /**
             * Format: uuid
             * @description The id of the session
             * @example b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11
             */
            id: string;
            /**
             * Format: int64
             * @description The id of the user
             * @example 1
             */
            user_id: number;
            /**
             * @description The contract that it was opened through
             * @example token
             */
            contract: string;
            /**
             * @description The channel that it was opened by
             * @example null
             */
            channel: string | null;
            /**
             * @description The address that it was opened from
             * @example 203.0.113.7
             */
            ip: string;
            /**
             * @description The program that it was opened by
             * @example curl/8.5.0
             */
            user_agent: string | null;
            /**
             * @description When it was opened
             * @example 2026-01-31T10:30:00.000Z
             */
            created_at: string;
            /**
             * @description When it was last used
             * @example 2026-01-31T10:45:00.000Z
             */
            last_seen_at: string;
            /**
             * @description When it expires, unless it is refreshed
             * @example 2026-03-02T10:45:00.000Z
             */
            expires_at: string;
            /**
             * @description When it was ended
             * @example null
             */
            revoked_at: string | null;
            /**
             * @description Whether it is the one that asks
             * @example true
             */
            current: boolean;
        };
        Sessions: {
            /** @description The newest first */
            data: components["schemas"]["Session"][];
            /**
             * Format: int64
             * @description The number of this page
             * @example 1
             */
            page: number;
            /**
             * Format: int64
             * @description How many sessions a page has
             * @example 3
             */
            per_page: number;
            /**
             * Format: int64
             * @description How many sessions there are
             * @example 1
             */
            total: number;
            /**
             * Format: int64
             * @description How many pages there are
             * @example 1
             */
            total_pages: number;
        };
        Tokens: {
            /**
             * @description The access token, a JWT
             * @example eyJhbGciOiJFUzI1NiIs…
             */
            access_token: string;
            /**
             * @example Bearer
             * @enum {string}
             */
            token_type: "Bearer";
            /**
             * Format: int64
             * @description Seconds until the access token expires
             * @example 3600
             */
            expires_in: number;
            /**
             * @description The refresh token, good once
             * @example eyJhbGciOiJFUzI1NiIs…
             */
            refresh_token: string;
        };
        Verified: {
            /**
             * @example true
             * @enum {boolean}
             */
            valid: true;
            /**
             * Format: int64
             * @description The id of the user
             * @example 1
             */
            user_id: number;
            /**
             * @description The username, or the e-mail address of a user without one
             * @example mahir
             */
            username: string;
            /**
             * @description The role of the user
             * @example USER
             * @enum {string}
             */
            role: "USER" | "ADMIN";
            /**
             * Format: uuid
             * @description The session that the token belongs to
             * @example b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11
             */
            session_id: string;
            /**
             * @description When the token expires
             * @example 2026-01-31T11:30:00.000Z
             */
            expires_at: string;
        };
    };
    responses: {
        /** @description These are not your sessions */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something went wrong here: try again later */
        InternalServerError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 64 KiB */
        PayloadTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request headers are larger than 16 KiB */
        RequestHeaderFieldsTooLarge: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Request Header Fields Too Large",
                 *       "status": 431,
                 *       "detail": "The request headers are larger than 16 KiB",
                 *       "code": "headers_too_large"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request did not arrive in time */
        RequestTimeout: {
            headers: {
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Request Timeout",
                 *       "status": 408,
                 *       "detail": "The request did not arrive in time",
                 *       "code": "request_malformed"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service cannot answer now: try again after the seconds that Retry-After names */
        ServiceUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /**
                 * @description After how many seconds another try makes sense
                 * @example 2
                 */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests: try again after the seconds that Retry-After names */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /**
                 * @description After how many seconds another try makes sense
                 * @example 2
                 */
                "Retry-After": number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unauthorized */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                /**
                 * @description Which token is asked for and, where one was sent, what was wrong with it (RFC 6750)
                 * @example Bearer error="invalid_token", error_description="The access token has expired"
                 */
                "WWW-Authenticate": string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Send the body as application/json */
        UnsupportedMediaType: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Names the request in the log of the service; the one that was sent, where it was up to 64 harmless characters
         * @example 7f4df1f3-6d2b-4b9e-8a57-2f5d6a0c9f11
         */
        "X-Request-Id": string;
        /**
         * @description Answers are not for caches, unless this says so
         * @example no-store
         */
        "Cache-Control": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "mahir",
                 *       "password": "abc123456",
                 *       "password_confirm": "abc123456",
                 *       "email": "not@null.com"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterDto"];
            };
        };
        responses: {
            /** @description The new user */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "username": "mahir",
                     *       "email": "not@null.com",
                     *       "created_at": "2026-01-31T10:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Registered"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            /** @description Conflict */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /**
                     * @description After how many seconds another try makes sense
                     * @example 2
                     */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "mahir",
                 *       "password": "abc123456"
                 *     }
                 */
                "application/json": components["schemas"]["FreshDto"];
            };
        };
        responses: {
            /** @description Tokens of a new session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFUzI1NiIs…",
                     *       "token_type": "Bearer",
                     *       "expires_in": 3600,
                     *       "refresh_token": "eyJhbGciOiJFUzI1NiIs…"
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The username or the password is wrong */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description Too many wrong passwords: try again after the seconds that Retry-After names */
            423: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /**
                     * @description After how many seconds another try makes sense
                     * @example 2
                     */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description Service Unavailable */
            503: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /**
                     * @description After how many seconds another try makes sense
                     * @example 2
                     */
                    "Retry-After": number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token is valid: what it says */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid": true,
                     *       "user_id": 1,
                     *       "username": "mahir",
                     *       "role": "USER",
                     *       "session_id": "b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11",
                     *       "expires_at": "2026-01-31T11:30:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Verified"];
                };
            };
            /** @description The request is not a JSON object in UTF-8 */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    revoke: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "revoked": true
                     *     }
                     */
                    "application/json": components["schemas"]["Revoked"];
                };
            };
            /** @description The request is not a JSON object in UTF-8 */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "refresh",
                 *       "token": "eyJhbGciOiJFUzI1NiIs…"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description New tokens of the same session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "access_token": "eyJhbGciOiJFUzI1NiIs…",
                     *       "token_type": "Bearer",
                     *       "expires_in": 3600,
                     *       "refresh_token": "eyJhbGciOiJFUzI1NiIs…"
                     *     }
                     */
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /**
                     * @description Which token is asked for and, where one was sent, what was wrong with it (RFC 6750)
                     * @example Bearer error="invalid_token", error_description="The access token has expired"
                     */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Verify your e-mail address first, by the link that was mailed to you */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description The page number; 1 where it is left out */
                page?: number;
                /** @description The number of sessions per page; 20 where it is left out */
                per_page?: number;
                /** @description Leave ended sessions out */
                active?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The id of the user
                 * @example 1
                 */
                userId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page of the sessions */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    /**
                     * @description The first, previous, next and last page, as far as there are such (RFC 8288)
                     * @example </v1/sessions/users/1?page=1&per_page=3>; rel="first", </v1/sessions/users/1?page=1&per_page=3>; rel="last"
                     */
                    Link: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11",
                     *           "user_id": 1,
                     *           "contract": "token",
                     *           "channel": null,
                     *           "ip": "203.0.113.7",
                     *           "user_agent": "curl/8.5.0",
                     *           "created_at": "2026-01-31T10:30:00.000Z",
                     *           "last_seen_at": "2026-01-31T10:45:00.000Z",
                     *           "expires_at": "2026-03-02T10:45:00.000Z",
                     *           "revoked_at": null,
                     *           "current": true
                     *         }
                     *       ],
                     *       "page": 1,
                     *       "per_page": 3,
                     *       "total": 1,
                     *       "total_pages": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endSessions: {
        parameters: {
            query?: {
                /** @description Let the session that asks go on */
                except_current?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The id of the user
                 * @example 1
                 */
                userId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions are over */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the session
                 * @example b6ee5d38-9d1c-4b0e-8a2f-6a3f5f0f7c11
                 */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Not Found */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
