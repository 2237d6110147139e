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
        /** Create an account and get its tokens */
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
    "/api/auth/refresh_token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get new tokens by the refresh token; the access token may have expired */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/get_user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The user's details */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset_password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a new password and get new tokens; all other sessions end */
        put: operations["resetPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            /**
             * @example error
             * @enum {string}
             */
            status: "error";
            /**
             * Format: int64
             * @description When this was answered, in milliseconds since the epoch
             * @example 1718704075174
             */
            timestamp: number;
            /**
             * @description What was wrong and what to do, for people
             * @example email is missing
             */
            message: string;
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
        LoggedOut: {
            /**
             * @example success
             * @enum {string}
             */
            status: "success";
            /**
             * Format: int64
             * @description When this was answered, in milliseconds since the epoch
             * @example 1718704269400
             */
            timestamp: number;
            /**
             * @example User logged out successfully
             * @enum {string}
             */
            data: "User logged out successfully";
        };
        LoginDto: {
            /**
             * @description The e-mail address or username
             * @example test@gmail.com
             */
            email: string;
            /**
             * @description The password
             * @example password1
             */
            password: string;
        };
        Pair: {
            /**
             * @example success
             * @enum {string}
             */
            status: "success";
            /**
             * Format: int64
             * @description When this was answered, in milliseconds since the epoch
             * @example 1718704075174
             */
            timestamp: number;
            data: components["schemas"]["PairData"];
        };
        PairData: {
            /**
             * @description The access token, a JWT
             * @example eyJhbGciOiJIUzUxMiJ9...
             */
            jwtToken: string;
            /**
             * Format: uuid
             * @description The refresh token, good once
             * @example b79f2c5b-c345-4f38-9443-74f7371cc53f
             */
            refreshToken: string;
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
        Refreshed: {
            /**
             * @description The new access token, a JWT
             * @example eyJhbGciOiJIUzUxMiJ9...
             */
            token: string;
            /**
             * Format: uuid
             * @description The refresh token, good once
             * @example b79f2c5b-c345-4f38-9443-74f7371cc53f
             */
            refreshToken: string;
        };
        RegisterDto: {
            /**
             * @description The full name
             * @example test
             */
            fullName: string;
            /**
             * Format: email
             * @description The e-mail address
             * @example test@gmail.com
             */
            email: string;
            /**
             * Format: password
             * @description The password
             * @example password
             */
            password: string;
        };
        ResetPasswordDto: {
            /**
             * Format: password
             * @description The new password
             * @example newpassword
             */
            password: string;
        };
        User: {
            /**
             * @description The e-mail address
             * @example test2@gmail.com
             */
            email: string;
            /**
             * @description The role
             * @example GENERAL
             * @enum {string}
             */
            role: "GENERAL" | "ADMIN";
            /**
             * Format: uuid
             * @description The id of the user
             * @example 20db8059-c73a-4f8c-afa3-37a24e2997f7
             */
            id: string;
            /**
             * @description The full name; empty where there is none
             * @example test2
             */
            fullName: string;
            /**
             * @description A link to the image; empty where there is none
             * @example
             */
            profileImage: string;
        };
        UserAnswer: {
            /**
             * @example success
             * @enum {string}
             */
            status: "success";
            /**
             * Format: int64
             * @description When this was answered, in milliseconds since the epoch
             * @example 1718704321769
             */
            timestamp: number;
            data: components["schemas"]["UserData"];
        };
        UserData: {
            user: components["schemas"]["User"];
        };
    };
    responses: {
        /** @description The request is not a JSON object in UTF-8 */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
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
        /** @description Service Unavailable */
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
                 *       "fullName": "test",
                 *       "email": "test@gmail.com",
                 *       "password": "password"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterDto"];
            };
        };
        responses: {
            /** @description Tokens of the new account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "success",
                     *       "timestamp": 1718704075174,
                     *       "data": {
                     *         "jwtToken": "eyJhbGciOiJIUzUxMiJ9...",
                     *         "refreshToken": "b79f2c5b-c345-4f38-9443-74f7371cc53f"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Pair"];
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
            /** @description There is an account with this e-mail address already */
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
            503: components["responses"]["ServiceUnavailable"];
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
                 *       "email": "test@gmail.com",
                 *       "password": "password1"
                 *     }
                 */
                "application/json": components["schemas"]["LoginDto"];
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
                     *       "status": "success",
                     *       "timestamp": 1718704075174,
                     *       "data": {
                     *         "jwtToken": "eyJhbGciOiJIUzUxMiJ9...",
                     *         "refreshToken": "b79f2c5b-c345-4f38-9443-74f7371cc53f"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Pair"];
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
            /** @description The e-mail address or the password is wrong */
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
                     *       "status": "success",
                     *       "timestamp": 1718704269400,
                     *       "data": "User logged out successfully"
                     *     }
                     */
                    "application/json": components["schemas"]["LoggedOut"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description Unauthorized */
            401: {
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
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description The service cannot answer now: try again after the seconds that Retry-After names */
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
    refreshToken: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The refresh token
                 * @example b736ae4a-bd7e-4fcf-9af9-fab045639aa1
                 */
                "Refresh-Token": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description New tokens of the same session, without an envelope */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "eyJhbGciOiJIUzUxMiJ9...",
                     *       "refreshToken": "b79f2c5b-c345-4f38-9443-74f7371cc53f"
                     *     }
                     */
                    "application/json": components["schemas"]["Refreshed"];
                };
            };
            400: components["responses"]["BadRequest"];
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
            /** @description The service cannot answer now: try again after the seconds that Retry-After names */
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
                     *       "status": "success",
                     *       "timestamp": 1718704321769,
                     *       "data": {
                     *         "user": {
                     *           "email": "test2@gmail.com",
                     *           "role": "GENERAL",
                     *           "id": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "fullName": "test2",
                     *           "profileImage": ""
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UserAnswer"];
                };
            };
            400: components["responses"]["BadRequest"];
            /** @description Unauthorized */
            401: {
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
            408: components["responses"]["RequestTimeout"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            /** @description The service cannot answer now: try again after the seconds that Retry-After names */
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
    resetPassword: {
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
                 *       "password": "newpassword"
                 *     }
                 */
                "application/json": components["schemas"]["ResetPasswordDto"];
            };
        };
        responses: {
            /** @description New tokens; those of before are dead */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "success",
                     *       "timestamp": 1718704075174,
                     *       "data": {
                     *         "jwtToken": "eyJhbGciOiJIUzUxMiJ9...",
                     *         "refreshToken": "b79f2c5b-c345-4f38-9443-74f7371cc53f"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Pair"];
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
                    "application/json": components["schemas"]["Error"];
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
