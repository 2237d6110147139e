// Generated from the OpenAPI document by `npm run client:types`; changes belong there.

export interface paths {
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
    "/api/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an account and get its token */
        post: operations["register"];
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
    "/api/auth/refresh-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace the token, which may have expired, by a new one */
        post: operations["refreshToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a link that resets the password; answers alike for unknown addresses */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset the password by a mailed link; all sessions end */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Verify the e-mail address by the mailed code
         * @description Whose code it is tells the Bearer token, or email, or the application and network that asked for it.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/resend-verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail another code and link; answers alike for every address */
        post: operations["resendVerification"];
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
        Done: {
            /**
             * Format: int64
             * @description The status
             * @example 200
             */
            statusCode: number;
            /**
             * @description What was done, for people
             * @example Logout successful
             */
            message: string;
        };
        EmailVerified: {
            /**
             * Format: int64
             * @description The status
             * @example 200
             */
            statusCode: number;
            /**
             * @example Email verified successfully
             * @enum {string}
             */
            message: "Email verified successfully";
            data: components["schemas"]["EmailVerifiedData"];
        };
        EmailVerifiedData: {
            user: components["schemas"]["VerifiedUser"];
        };
        Error: {
            /**
             * Format: int64
             * @description The status
             * @example 400
             */
            statusCode: number;
            /**
             * @description What was wrong and what to do, for people
             * @example Some fields were refused
             */
            message: string;
            /**
             * @description The refused fields, each with the reasons
             * @example {
             *       "email": [
             *         "is missing"
             *       ]
             *     }
             */
            errors?: {
                [key: string]: string[];
            };
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
        ForgotPasswordDto: {
            /**
             * Format: email
             * @description Where to mail the reset link
             * @example user@example.com
             */
            email: string;
        };
        LoggedIn: {
            /**
             * Format: int64
             * @description The status
             * @example 200
             */
            statusCode: number;
            /**
             * @example Login successful
             * @enum {string}
             */
            message: "Login successful";
            data: components["schemas"]["LoggedInData"];
        };
        LoggedInData: {
            /**
             * @description The access token, a JWT
             * @example jwt_token_here
             */
            token: string;
            user: components["schemas"]["User"];
        };
        LoginDto: {
            /**
             * @description The e-mail address or username
             * @example user@example.com
             */
            email: string;
            /**
             * @description The password
             * @example password123
             */
            password: string;
        };
        NewUser: {
            /**
             * Format: uuid
             * @description The id of the user
             * @example 20db8059-c73a-4f8c-afa3-37a24e2997f7
             */
            uuid: string;
            /**
             * @description The first name
             * @example John
             */
            firstName: string | null;
            /**
             * @description The last name
             * @example Doe
             */
            lastName: string | null;
            /**
             * @description The e-mail address
             * @example user@example.com
             */
            email: string;
            /**
             * @description The role
             * @example USER
             * @enum {string}
             */
            role: "USER" | "ADMIN";
            /**
             * @description PENDING until the e-mail address is verified
             * @example ACTIVE
             * @enum {string}
             */
            status: "ACTIVE" | "PENDING" | "BLOCKED";
            /**
             * @description When the account was made
             * @example 2025-05-17T07:19:32.000000Z
             */
            createdAt: string;
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
             * Format: int64
             * @description The status
             * @example 200
             */
            statusCode: number;
            /**
             * @example Token refreshed
             * @enum {string}
             */
            message: "Token refreshed";
            data: components["schemas"]["RefreshedData"];
        };
        RefreshedData: {
            /**
             * @description The access token, a JWT
             * @example jwt_token_here
             */
            token: string;
        };
        RegisterDto: {
            /**
             * @description The first name
             * @example John
             */
            firstName: string;
            /**
             * @description The last name
             * @example Doe
             */
            lastName: string;
            /**
             * Format: email
             * @description The e-mail address; a link and a code are mailed to it
             * @example user@example.com
             */
            email: string;
            /**
             * Format: password
             * @description The password
             * @example password123
             */
            password: string;
            /**
             * Format: password
             * @description The same password again
             * @example password123
             */
            passwordConfirmation: string;
            /**
             * @description The phone number
             * @example +1234567890
             */
            phoneNumber?: string | null;
        };
        Registered: {
            /**
             * Format: int64
             * @description The status
             * @example 201
             */
            statusCode: number;
            /**
             * @example Registration successful
             * @enum {string}
             */
            message: "Registration successful";
            data: components["schemas"]["RegisteredData"];
        };
        RegisteredData: {
            /**
             * @description The access token, a JWT
             * @example jwt_token_here
             */
            token: string;
            user: components["schemas"]["NewUser"];
        };
        ResendVerificationDto: {
            /**
             * Format: email
             * @description The address that awaits verification
             * @example user@example.com
             */
            email?: string | null;
        };
        ResetPasswordDto: {
            /**
             * @description The token of the mailed link
             * @example reset_token_from_email
             */
            token: string;
            /**
             * Format: password
             * @description The new password
             * @example new_password
             */
            password: string;
            /**
             * Format: password
             * @description The same password again
             * @example new_password
             */
            passwordConfirmation: string;
        };
        User: {
            /**
             * Format: uuid
             * @description The id of the user
             * @example 20db8059-c73a-4f8c-afa3-37a24e2997f7
             */
            uuid: string;
            /**
             * @description The first name
             * @example John
             */
            firstName: string | null;
            /**
             * @description The last name
             * @example Doe
             */
            lastName: string | null;
            /**
             * @description The e-mail address
             * @example user@example.com
             */
            email: string;
            /**
             * @description The role
             * @example USER
             * @enum {string}
             */
            role: "USER" | "ADMIN";
            /**
             * @description PENDING until the e-mail address is verified
             * @example ACTIVE
             * @enum {string}
             */
            status: "ACTIVE" | "PENDING" | "BLOCKED";
            /**
             * @example {
             *       "name": "profile_pic.jpg",
             *       "link": "http://example.com/storage/123/profile_pic.jpg"
             *     }
             */
            profileImage: {
                /**
                 * @description The last part of the link
                 * @example profile_pic.jpg
                 */
                name: string;
                /**
                 * @description Where it is
                 * @example http://example.com/storage/123/profile_pic.jpg
                 */
                link: string;
            } | null;
        };
        VerifiedUser: {
            /**
             * Format: uuid
             * @description The id of the user
             * @example 20db8059-c73a-4f8c-afa3-37a24e2997f7
             */
            uuid: string;
            /**
             * @description PENDING until the e-mail address is verified
             * @example ACTIVE
             * @enum {string}
             */
            status: "ACTIVE" | "PENDING" | "BLOCKED";
            /**
             * @description When the e-mail address was verified
             * @example 2025-05-17T07:19:32.000000Z
             */
            emailVerifiedAt: string | null;
        };
        VerifyEmailDto: {
            /**
             * @description The six digits of the mail
             * @example 123456
             */
            verificationCode: string;
            /**
             * Format: email
             * @description The address that the code was mailed to
             * @example user@example.com
             */
            email?: string | null;
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
        /** @description Invalid Api-Token */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "Cache-Control": components["headers"]["Cache-Control"];
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
                 *       "email": "user@example.com",
                 *       "password": "password123"
                 *     }
                 */
                "application/json": components["schemas"]["LoginDto"];
            };
        };
        responses: {
            /** @description The token of a new session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 200,
                     *       "message": "Login successful",
                     *       "data": {
                     *         "token": "jwt_token_here",
                     *         "user": {
                     *           "uuid": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "firstName": "John",
                     *           "lastName": "Doe",
                     *           "email": "user@example.com",
                     *           "role": "USER",
                     *           "status": "ACTIVE",
                     *           "profileImage": {
                     *             "name": "profile_pic.jpg",
                     *             "link": "http://example.com/storage/123/profile_pic.jpg"
                     *           }
                     *         }
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
            /** @description Unauthorized */
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
                 *       "firstName": "John",
                 *       "lastName": "Doe",
                 *       "email": "user@example.com",
                 *       "password": "password123",
                 *       "passwordConfirmation": "password123",
                 *       "phoneNumber": "+1234567890"
                 *     }
                 */
                "application/json": components["schemas"]["RegisterDto"];
            };
        };
        responses: {
            /** @description The token of the new account; a link and a code that verify its e-mail address are mailed */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 201,
                     *       "message": "Registration successful",
                     *       "data": {
                     *         "token": "jwt_token_here",
                     *         "user": {
                     *           "uuid": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "firstName": "John",
                     *           "lastName": "Doe",
                     *           "email": "user@example.com",
                     *           "role": "USER",
                     *           "status": "PENDING",
                     *           "createdAt": "2025-05-17T07:19:32.000000Z"
                     *         }
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
            401: components["responses"]["Unauthorized"];
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
                     *       "statusCode": 200,
                     *       "message": "Logout successful"
                     *     }
                     */
                    "application/json": components["schemas"]["Done"];
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
    refreshToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A new token of the same session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 200,
                     *       "message": "Token refreshed",
                     *       "data": {
                     *         "token": "new_jwt_token_here"
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
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    forgotPassword: {
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
                 *       "email": "user@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ForgotPasswordDto"];
            };
        };
        responses: {
            /** @description If there is such an account, the link is on its way */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 200,
                     *       "message": "Password reset link has been sent to your email"
                     *     }
                     */
                    "application/json": components["schemas"]["Done"];
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
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
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
                 *       "token": "reset_token_from_email",
                 *       "password": "new_password",
                 *       "passwordConfirmation": "new_password"
                 *     }
                 */
                "application/json": components["schemas"]["ResetPasswordDto"];
            };
        };
        responses: {
            /** @description The password is reset */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 200,
                     *       "message": "Password has been reset"
                     *     }
                     */
                    "application/json": components["schemas"]["Done"];
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
    verifyEmail: {
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
                 *       "verificationCode": "123456"
                 *     }
                 */
                "application/json": components["schemas"]["VerifyEmailDto"];
            };
        };
        responses: {
            /** @description The e-mail address is verified */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 200,
                     *       "message": "Email verified successfully",
                     *       "data": {
                     *         "user": {
                     *           "uuid": "20db8059-c73a-4f8c-afa3-37a24e2997f7",
                     *           "status": "ACTIVE",
                     *           "emailVerifiedAt": "2025-05-17T07:19:32.000000Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["EmailVerified"];
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
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resendVerification: {
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
                 *       "email": "user@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ResendVerificationDto"];
            };
        };
        responses: {
            /** @description If the address awaits verification, another mail is on its way */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "statusCode": 200,
                     *       "message": "If this address awaits verification, another mail is on its way"
                     *     }
                     */
                    "application/json": components["schemas"]["Done"];
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
            429: components["responses"]["TooManyRequests"];
            431: components["responses"]["RequestHeaderFieldsTooLarge"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
