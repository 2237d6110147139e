// Generated from the OpenAPI document by `npm run client:types`; changes belong there.

export interface paths {
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an account */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a new access token; the refresh token stays valid */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log out: the session and its tokens are over */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The user */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the user's names and image
         * @description What is left out stays as it is; null clears it.
         */
        patch: operations["updateUser"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        CurrentUser: {
            /**
             * @example Ok
             * @enum {string}
             */
            message: "Ok";
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int32
             * @example 200
             * @enum {integer}
             */
            status_code: 200;
            data: components["schemas"]["UserData"];
        };
        Error: {
            /**
             * @description What was wrong and what to do, for people
             * @example email is missing
             */
            message: string;
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int64
             * @description The status
             * @example 400
             */
            status_code: number;
            /**
             * @example null
             * @enum {object|null}
             */
            data: never | null;
        };
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
        LoggedIn: {
            /**
             * @example Logged in
             * @enum {string}
             */
            message: "Logged in";
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int32
             * @example 200
             * @enum {integer}
             */
            status_code: 200;
            data: components["schemas"]["LoggedInData"];
        };
        LoggedInData: {
            user: components["schemas"]["User"];
            /**
             * @description The access token, a JWT
             * @example <jwt>
             */
            access_token: string;
            /**
             * @description The refresh token, a JWT; stays valid until it expires
             * @example <jwt>
             */
            refresh_token: string;
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
        };
        LoggedOut: {
            /**
             * @example Ok
             * @enum {string}
             */
            message: "Ok";
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int32
             * @example 200
             * @enum {integer}
             */
            status_code: 200;
            data: components["schemas"]["LoggedOutData"];
        };
        LoggedOutData: {
            /**
             * @example true
             * @enum {boolean}
             */
            ok: true;
        };
        LoginDto: {
            /**
             * @description The e-mail address or username
             * @example alice@example.com
             */
            email: string;
            /**
             * @description The password
             * @example StrongP@ssw0rd
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
             * @description The refresh token
             * @example eyJhbGciOiJFUzI1NiIs…
             */
            refresh_token: string;
        };
        Refreshed: {
            /**
             * @example New access token
             * @enum {string}
             */
            message: "New access token";
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int32
             * @example 200
             * @enum {integer}
             */
            status_code: 200;
            data: components["schemas"]["RefreshedData"];
        };
        RefreshedData: {
            /**
             * @description The access token, a JWT
             * @example <jwt>
             */
            access_token: string;
            /**
             * @description The refresh token, a JWT; stays valid until it expires
             * @example <jwt>
             */
            refresh_token: string;
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
        };
        RegisterDto: {
            /**
             * @description The first name; not stored at registration
             * @example Alice
             */
            first_name?: string | null;
            /**
             * @description The last name; not stored at registration
             * @example Doe
             */
            last_name?: string | null;
            /**
             * @description The username
             * @example alice
             */
            username: string;
            /**
             * Format: email
             * @description The e-mail address
             * @example alice@example.com
             */
            email: string;
            /**
             * Format: password
             * @description The password
             * @example StrongP@ssw0rd
             */
            password: string;
        };
        Registered: {
            /**
             * @example Registered
             * @enum {string}
             */
            message: "Registered";
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int32
             * @example 200
             * @enum {integer}
             */
            status_code: 200;
            data: components["schemas"]["RegisteredData"];
        };
        RegisteredData: {
            /**
             * Format: uuid
             * @description The id of the user
             * @example 20db8059-c73a-4f8c-afa3-37a24e2997f7
             */
            id: string;
        };
        UpdateUserDto: {
            /**
             * @description The first name
             * @example Alice
             */
            first_name?: string | null;
            /**
             * @description The last name
             * @example Doe
             */
            last_name?: string | null;
            /**
             * Format: uri
             * @description A link to an image of the user
             * @example https://example.com/alice.jpg
             */
            avatar_url?: string | null;
        };
        UpdatedUser: {
            /**
             * @example Updated
             * @enum {string}
             */
            message: "Updated";
            /**
             * @description When this was answered
             * @example 2024-01-01T12:34:56.789Z
             */
            timestamp: string;
            /**
             * Format: int32
             * @example 200
             * @enum {integer}
             */
            status_code: 200;
            data: components["schemas"]["UserData"];
        };
        User: {
            /**
             * Format: uuid
             * @description The id of the user
             * @example 20db8059-c73a-4f8c-afa3-37a24e2997f7
             */
            id: string;
            /**
             * @description The username, or the e-mail address of a user without one
             * @example alice
             */
            username: string;
            /**
             * @description The e-mail address
             * @example alice@example.com
             */
            email: string;
            /**
             * @description The role
             * @example user
             * @enum {string}
             */
            role: "user" | "admin";
            /**
             * @description The first name
             * @example null
             */
            first_name: string | null;
            /**
             * @description The last name
             * @example null
             */
            last_name: string | null;
            /**
             * @description Both names
             * @example null
             */
            full_name: string | null;
            /**
             * @description A link to the image
             * @example null
             */
            avatar_url: string | null;
            /**
             * @description Whether the e-mail address is verified and the account is not blocked
             * @example true
             */
            is_active: boolean;
            /**
             * @description Whether the account is blocked
             * @example false
             */
            is_blocked: boolean;
        };
        UserData: {
            user: components["schemas"]["User"];
        };
    };
    responses: {
        /** @description Something went wrong here: try again later */
        InternalServerError: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
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
                "application/json": components["schemas"]["Error"];
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
                "application/json": components["schemas"]["Error"];
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
                "application/json": components["schemas"]["Error"];
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
                "application/json": components["schemas"]["Error"];
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
                "application/json": components["schemas"]["Error"];
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
                 *       "first_name": "Alice",
                 *       "last_name": "Doe",
                 *       "username": "alice",
                 *       "email": "alice@example.com",
                 *       "password": "StrongP@ssw0rd"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterDto"];
            };
        };
        responses: {
            /** @description The id of the new account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Registered",
                     *       "timestamp": "2024-01-01T12:34:56.789Z",
                     *       "status_code": 200,
                     *       "data": {
                     *         "id": "20db8059-c73a-4f8c-afa3-37a24e2997f7"
                     *       }
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
                    "application/json": components["schemas"]["Error"];
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
                    "application/json": components["schemas"]["Error"];
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
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    login: {
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
                 *       "email": "alice@example.com",
                 *       "password": "StrongP@ssw0rd"
                 *     }
                 */
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            /** @description The user, and tokens of a new session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Logged in",
                     *       "timestamp": "2024-01-01T12:34:56.789Z",
                     *       "status_code": 200,
                     *       "data": {
                     *         "user": {
                     *           "id": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "username": "alice",
                     *           "email": "alice@example.com",
                     *           "role": "user",
                     *           "first_name": null,
                     *           "last_name": null,
                     *           "full_name": null,
                     *           "avatar_url": null,
                     *           "is_active": true,
                     *           "is_blocked": false
                     *         },
                     *         "access_token": "<jwt>",
                     *         "refresh_token": "<jwt>",
                     *         "token_type": "Bearer",
                     *         "expires_in": 3600
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedIn"];
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
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Invalid credentials */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
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
                    "application/json": components["schemas"]["Error"];
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
                    "application/json": components["schemas"]["Error"];
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
                    "application/json": components["schemas"]["Error"];
                };
            };
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
                 *       "refresh_token": "eyJhbGciOiJFUzI1NiIs…"
                 *     }
                 */
                "application/json": components["schemas"]["RefreshDto"];
            };
        };
        responses: {
            /** @description A new access token, and the refresh token unchanged */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "New access token",
                     *       "timestamp": "2024-01-01T12:34:56.789Z",
                     *       "status_code": 200,
                     *       "data": {
                     *         "access_token": "<jwt>",
                     *         "refresh_token": "<jwt>",
                     *         "token_type": "Bearer",
                     *         "expires_in": 3600
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Refreshed"];
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
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The token cannot be refreshed any more: log in */
            401: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Verify your e-mail address first, by the code or the link that was mailed to you */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
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
    logout: {
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
                     *       "message": "Ok",
                     *       "timestamp": "2024-01-01T12:34:56.789Z",
                     *       "status_code": 200,
                     *       "data": {
                     *         "ok": true
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedOut"];
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
                    "application/json": components["schemas"]["Error"];
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
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Ok",
                     *       "timestamp": "2024-01-01T12:34:56.789Z",
                     *       "status_code": 200,
                     *       "data": {
                     *         "user": {
                     *           "id": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "username": "alice",
                     *           "email": "alice@example.com",
                     *           "role": "user",
                     *           "first_name": null,
                     *           "last_name": null,
                     *           "full_name": null,
                     *           "avatar_url": null,
                     *           "is_active": true,
                     *           "is_blocked": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CurrentUser"];
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
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            408: components["responses"]["RequestTimeout"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateUser: {
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
                 *       "first_name": "Alice",
                 *       "last_name": "Doe",
                 *       "avatar_url": "https://example.com/alice.jpg"
                 *     }
                 */
                "application/json": components["schemas"]["UpdateUserDto"];
            };
        };
        responses: {
            /** @description The user as changed */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Updated",
                     *       "timestamp": "2024-01-01T12:34:56.789Z",
                     *       "status_code": 200,
                     *       "data": {
                     *         "user": {
                     *           "id": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "username": "alice",
                     *           "email": "alice@example.com",
                     *           "role": "user",
                     *           "first_name": null,
                     *           "last_name": null,
                     *           "full_name": null,
                     *           "avatar_url": null,
                     *           "is_active": true,
                     *           "is_blocked": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UpdatedUser"];
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
                    "application/json": components["schemas"]["Error"];
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
}
