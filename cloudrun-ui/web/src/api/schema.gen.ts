/** The API's types, written by `npm run build:api` from what the server serves. */

export interface paths {
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says who you are to the server, and how it knows. */
        get: operations["showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/environments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says what runs in each environment of an application, or of all, along their paths. */
        get: operations["listEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists every hold and freeze that keeps something closed now, of people and of the rules. */
        get: operations["listClosures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists promotions, newest first. */
        get: operations["listPromotions"];
        put?: never;
        /** Asks for a promotion, or with `isDryRun` for its plan, which changes nothing. */
        post: operations["requestPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one promotion: how it stands, its steps, and all that people had to do with it. */
        get: operations["showPromotion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows the audit trail of one promotion, each entry with its words for people. */
        get: operations["listPromotionEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows what the steps of a promotion wrote, in its order. */
        get: operations["listPromotionLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approves or rejects the plan of a promotion; refused when it is not that plan any more. */
        post: operations["decidePromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a promotion; what it changed already is taken back. */
        post: operations["cancelPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a failed promotion up again at the step that failed, or a failed rollback at what could not be undone. */
        post: operations["retryPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/ticks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ticks an item of a promotion’s checklist in your name. */
        post: operations["tickItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes into a promotion’s audit trail what you did or saw. */
        post: operations["noteDown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what is over, the newest end first, each with what it changed and who was behind it. */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the releases of an application, newest first. */
        get: operations["listReleases"];
        put?: never;
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
        Me: {
            person: string;
            /** @description Whether somebody vouched for it. */
            isVerified: boolean;
            /** @description Those that the identity itself brings, for everything. */
            roles: ("viewer" | "promoter" | "approver" | "operator" | "admin")[];
            /** @description Who speaks for that person, unverified. */
            saidBy: string | null;
            /**
             * @description `development`: nobody proves anything; the server answers to this machine alone.
             * @enum {string}
             */
            signIn: "development" | "iap" | "oidc";
        };
        Problem: {
            /** @description Where the documentation has a section on this kind of problem. */
            type: string;
            title: string;
            status: number;
            /** @description What is wrong, in a sentence. */
            detail: string;
            /** @description The kind of problem, for programs. */
            code: string;
            /** @description What to do, where that is known. */
            remedy: string | null;
            errors: {
                /** @enum {string} */
                in: "path" | "query" | "header" | "body";
                at: string;
                message: string;
            }[];
            /** @description What the log calls this failure. */
            reference: string | null;
        };
        EnvironmentState: {
            application: string;
            environment: string;
            release: string | null;
            /** @description Whether the release is marked bad. */
            isBad: boolean;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            deployedAt: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            verifiedAt: string | null;
            /** @description The promotion that brought what runs. */
            promotionId: string | null;
            isHotfix: boolean;
            /** @description The promotion that is changing it now. */
            slotHeldBy: string | null;
            /**
             * Format: date-time
             * @description Until then a rollback loses nothing.
             * @example 2026-11-27T09:30:00.000Z
             */
            undoWindowUntil: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            autoPromotionPausedAt: string | null;
        };
        /** @description A hold or a freeze that keeps environments closed now. */
        Closure: {
            /** @enum {string} */
            kind: "hold" | "freeze";
            /** @description `*`: every application. */
            application: string;
            /** @description `*`: every environment. */
            environment: string;
            name: string | null;
            reason: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            until: string | null;
            /** @description Null: the rules. */
            by: string | null;
        };
        Promotion: {
            id: string;
            /** @enum {string} */
            kind: "promote" | "rollback" | "contract";
            application: string;
            release: string;
            from: string;
            to: string;
            isDryRun: boolean;
            /** @enum {string} */
            lane: "normal" | "hotfix";
            rollbackOf: string | null;
            contractOf: string | null;
            /** @enum {string} */
            state: "INITIALIZING" | "VALIDATING_CONDITIONS" | "PENDING_APPROVAL" | "APPROVAL_GRANTED" | "QUEUED" | "VALIDATION_RUNNING" | "VALIDATION_PASSED" | "VALIDATION_FAILED" | "PROMOTION_RUNNING" | "PROMOTION_RETRYING" | "PROMOTION_SUCCEEDED" | "PROMOTION_FAILED" | "TRIGGERING_DEPLOYMENT" | "GENERATING_REPORTS" | "NOTIFICATIONS_SENT" | "COMPLETED_SUCCESSFULLY" | "FAILED" | "ROLLING_BACK" | "ROLLED_BACK" | "ROLLBACK_FAILED" | "REJECTED" | "EXPIRED" | "CANCELLED" | "SUPERSEDED";
            /** @description The state in words. */
            stateText: string;
            waiting: {
                /** @enum {string} */
                reason: "checklist" | "approval" | "slot" | "retry" | "bake" | "rollout" | "soak" | "undo-window" | "window" | "canary" | "manual";
                detail: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                since: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                until: string | null;
            } | null;
            queue: {
                position: number;
                behind: string | null;
            } | null;
            goneRun: {
                hasBegun: boolean;
                silentSeconds: number;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                takeOverAt: string;
            } | null;
            holdsSlot: boolean;
            requestedBy: string;
            onBehalfOf: string | null;
            via: string;
            reason: string | null;
            overrides: components["schemas"]["Override"][];
            planHash: string | null;
            failure: {
                step: string;
                requirementsNotMet: boolean;
                /** @description The original message, with a sentence before it where it is a machine’s. */
                message: string;
                /** @enum {string} */
                category: "VALIDATION" | "NETWORK" | "AUTHENTICATION" | "REGISTRY" | "DOCKER" | "PERMISSION" | "TIMEOUT" | "UNKNOWN";
                code: string | null;
                /** @description What to do, in a sentence. */
                remedy: string;
            } | null;
            rollback: {
                /** @enum {string} */
                trigger: "automatic" | "manual" | "cancel";
                reason: string;
                requestedBy: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
            } | null;
            steps: components["schemas"]["Step"][];
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            updatedAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            endedAt: string | null;
            layFailedMs: number;
        };
        /** @description A rule that somebody set aside. */
        Override: {
            /** @enum {string} */
            kind: "force" | "skip-validation" | "auto-approve" | "freeze-override" | "again" | "hotfix" | "acknowledge";
            by: string;
            reason: string;
            at: string;
        };
        Step: {
            name: string;
            title: string;
            /** @enum {string} */
            status: "pending" | "running" | "parked" | "retrying" | "done" | "failed" | "skipped";
            attempt: number;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            startedAt: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            finishedAt: string | null;
            summary: string | null;
            error: components["schemas"]["PromotionError"];
            undo: {
                /** @enum {string} */
                status: "running" | "parked" | "retrying" | "done" | "failed";
                attempt: number;
                summary: string | null;
                error: components["schemas"]["PromotionError"];
            } | null;
        };
        PromotionError: {
            /** @description The original message, with a sentence before it where it is a machine’s. */
            message: string;
            /** @enum {string} */
            category: "VALIDATION" | "NETWORK" | "AUTHENTICATION" | "REGISTRY" | "DOCKER" | "PERMISSION" | "TIMEOUT" | "UNKNOWN";
            code: string | null;
            /** @description What to do, in a sentence. */
            remedy: string;
        } | null;
        PromotionDetail: {
            promotion: components["schemas"]["Promotion"];
            approvals: components["schemas"]["Approval"][];
            checklist: components["schemas"]["ChecklistItem"][];
            notes: components["schemas"]["Note"][];
            openItems: components["schemas"]["OpenItem"][];
            spokenFor: {
                person: string;
                by: string;
            }[];
        };
        Approval: {
            stage: string;
            by: string;
            /** @description Who spoke for that person, unverified. */
            saidBy: string | null;
            /** @enum {string} */
            decision: "approved" | "rejected";
            planHash: string;
            isOverThisPlan: boolean;
            comment: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
        };
        ChecklistItem: {
            /** @description From 1; the item may be named by it. */
            number: number;
            item: string;
            /** @enum {string} */
            phase: "before" | "after";
            gate: string | null;
            role: string | null;
            /** @enum {string} */
            state: "open" | "ticked-by-person" | "ticked-by-gate" | "overruled";
            by: string | null;
            note: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string | null;
        };
        Note: {
            by: string;
            text: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
        };
        /** @description What is to be done after a promotion, and was not yet. */
        OpenItem: {
            id: string;
            /** @enum {string} */
            kind: "merge-back" | "post-mortem" | "checklist";
            application: string;
            environment: string;
            promotionId: string;
            detail: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            openedAt: string;
        };
        /** @description An entry of a promotion’s audit trail, which is a chain of hashes. */
        Event: {
            seq: number;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            by: string;
            type: string;
            /** @description The entry as a line for people. */
            text: string;
            actor: {
                id: string;
                verified: boolean;
                roles: string[];
                via: string;
                onBehalfOf?: string;
                spokenForBy?: string;
            };
            data: {
                [key: string]: unknown;
            };
            previousHash: string;
            hash: string;
        };
        LogLine: {
            seq: number;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            step: string;
            attempt: number;
            line: string;
        };
        PromotionRequest: {
            application: string;
            release: string;
            /** @description The target, by name or alias. */
            to: string;
            /** @description Default: the only way there. */
            from?: string;
            /** @default false */
            isDryRun?: boolean;
            /**
             * @description Takes the emergency lane; needs a reason.
             * @default false
             */
            isHotfix?: boolean;
            /**
             * @description Promotes what runs there already, or ran before.
             * @default false
             */
            isAgain?: boolean;
            /**
             * @description Needs a reason.
             * @default false
             */
            overridesFreezes?: boolean;
            /**
             * @description Goes on without gates; needs a reason.
             * @default false
             */
            skipsValidation?: boolean;
            /**
             * @description Brings its own approval, where the rules let.
             * @default false
             */
            autoApproves?: boolean;
            /** @description The person behind a machine, who never approves. */
            onBehalfOf?: string;
            reason?: string;
            /**
             * @description Goes on although gates fail; needs a reason.
             * @default false
             */
            forces?: boolean;
            /** @description Why it moves although it is ready only with caution. */
            acknowledges?: string;
        };
        Decision: {
            /** @enum {string} */
            decision: "approved" | "rejected";
            /** @description Of the plan that was shown to whoever decides. */
            planHash: string;
            /** @description Has to be there when it is rejected. */
            comment?: string;
        };
        Cancellation: {
            reason: string;
        };
        Retry: {
            reason?: string;
            /**
             * @description Goes on although gates fail; needs a reason.
             * @default false
             */
            forces?: boolean;
            /** @description Why it moves although it is ready only with caution. */
            acknowledges?: string;
            /**
             * @description Lets a rollback discard what its error names.
             * @default false
             */
            acceptsDataLoss?: boolean;
            /**
             * @description Although somebody said it was taken back by hand.
             * @default false
             */
            takesBackAnew?: boolean;
        };
        Tick: {
            /** @description Its words, or its number. */
            item: string;
            /** @description Where it can be seen that it was done. */
            note?: string;
        };
        NoteText: {
            text: string;
        };
        EndedPromotion: {
            id: string;
            /** @enum {string} */
            kind: "promote" | "rollback" | "contract";
            application: string;
            release: string;
            from: string;
            to: string;
            isHotfix: boolean;
            /** @enum {string} */
            outcome: "succeeded" | "failed" | "rolled-back" | "rollback-failed" | "rejected" | "expired" | "cancelled" | "superseded";
            requestedBy: string;
            onBehalfOf: string | null;
            approvedBy: string[];
            spokenFor: {
                [key: string]: string;
            };
            overrides: components["schemas"]["Override"][];
            reason: string | null;
            trouble: string | null;
            isCancelled: boolean;
            of: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            endedAt: string;
            layFailedMs: number;
            changes: components["schemas"]["Change"][];
        };
        Change: {
            /** @enum {string} */
            kind: "release" | "image" | "configuration" | "schema" | "flag" | "override";
            subject: string;
            before: string | null;
            after: string | null;
        };
        ReleaseSummary: {
            application: string;
            name: string;
            digest: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            createdAt: string;
            createdBy: string;
            bad: components["schemas"]["BadMark"];
            /** @description How many it has. */
            images: number;
            migrations: number;
            commit: string | null;
        };
        /** @description A release that is marked bad is never promoted. */
        BadMark: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            since: string;
            reason: string;
            by: string;
        } | null;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    showMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says who you are to the server, and how it knows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEnvironments: {
        parameters: {
            query?: {
                application?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says what runs in each environment of an application, or of all, along their paths. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description ISO 8601, in UTC.
                         * @example 2026-11-27T09:30:00.000Z
                         */
                        at: string;
                        environments: components["schemas"]["EnvironmentState"][];
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClosures: {
        parameters: {
            query?: {
                application?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists every hold and freeze that keeps something closed now, of people and of the rules. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description ISO 8601, in UTC.
                         * @example 2026-11-27T09:30:00.000Z
                         */
                        at: string;
                        closures: components["schemas"]["Closure"][];
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPromotions: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                application?: string;
                /** @description The target, by name or alias. */
                environment?: string;
                state?: ("INITIALIZING" | "VALIDATING_CONDITIONS" | "PENDING_APPROVAL" | "APPROVAL_GRANTED" | "QUEUED" | "VALIDATION_RUNNING" | "VALIDATION_PASSED" | "VALIDATION_FAILED" | "PROMOTION_RUNNING" | "PROMOTION_RETRYING" | "PROMOTION_SUCCEEDED" | "PROMOTION_FAILED" | "TRIGGERING_DEPLOYMENT" | "GENERATING_REPORTS" | "NOTIFICATIONS_SENT" | "COMPLETED_SUCCESSFULLY" | "FAILED" | "ROLLING_BACK" | "ROLLED_BACK" | "ROLLBACK_FAILED" | "REJECTED" | "EXPIRED" | "CANCELLED" | "SUPERSEDED")[];
                kind?: ("promote" | "rollback" | "contract")[];
                /** @description `true`: only those that have not ended; `false`: only those that have. */
                active?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists promotions, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Promotion"][];
                        /** @description The cursor of the next page; null where this one is the last. */
                        next: string | null;
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestPromotion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PromotionRequest"];
            };
        };
        responses: {
            /** @description Asks for a promotion, or with `isDryRun` for its plan, which changes nothing. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The promotion that does it, which goes on by itself from here.
                         * @example pr-7f3a09c2
                         */
                        promotion: string;
                    };
                };
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this, or: The request comes from another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is so already, or: The rules ask for more, or: It cannot be done as things are, or: The same request is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant, or: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showPromotion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows one promotion: how it stands, its steps, and all that people had to do with it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromotionDetail"];
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPromotionEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows the audit trail of one promotion, each entry with its words for people. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        events: components["schemas"]["Event"][];
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPromotionLogs: {
        parameters: {
            query?: {
                /** @description The `seq` of the last line that is known already. */
                after?: number | null;
                limit?: number;
            };
            header?: never;
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows what the steps of a promotion wrote, in its order. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        lines: components["schemas"]["LogLine"][];
                        hasMore: boolean;
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decidePromotion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decision"];
            };
        };
        responses: {
            /** @description Approves or rejects the plan of a promotion; refused when it is not that plan any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        promotion: components["schemas"]["Promotion"];
                    };
                };
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this, or: The request comes from another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The rules ask for more, or: It cannot be done as things are, or: The same request is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant, or: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelPromotion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Cancellation"];
            };
        };
        responses: {
            /** @description Stops a promotion; what it changed already is taken back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        promotion: components["schemas"]["Promotion"];
                    };
                };
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this, or: The request comes from another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are, or: The same request is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant, or: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryPromotion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Retry"];
            };
        };
        responses: {
            /** @description Takes a failed promotion up again at the step that failed, or a failed rollback at what could not be undone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        promotion: components["schemas"]["Promotion"];
                    };
                };
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this, or: The request comes from another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The rules ask for more, or: It cannot be done as things are, or: The same request is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant, or: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tickItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Tick"];
            };
        };
        responses: {
            /** @description Ticks an item of a promotion’s checklist in your name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        item: components["schemas"]["ChecklistItem"];
                    };
                };
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this, or: The request comes from another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are, or: The same request is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant, or: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    noteDown: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteText"];
            };
        };
        responses: {
            /** @description Writes into a promotion’s audit trail what you did or saw. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        note: components["schemas"]["Note"];
                    };
                };
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this, or: The request comes from another site */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are, or: The same request is being carried out */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body must be JSON */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant, or: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                application?: string;
                /** @description The target, by name or alias. */
                environment?: string;
                /** @description Ended after it. */
                since?: string;
                /** @description Ended by then. */
                until?: string;
                outcome?: ("succeeded" | "failed" | "rolled-back" | "rollback-failed" | "rejected" | "expired" | "cancelled" | "superseded")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists what is over, the newest end first, each with what it changed and who was behind it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["EndedPromotion"][];
                        /** @description The cursor of the next page; null where this one is the last. */
                        next: string | null;
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listReleases: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists the releases of an application, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        releases: components["schemas"]["ReleaseSummary"][];
                    };
                };
            };
            /** @description It is as it was: the entity tag that was sent still holds. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nobody is signed in */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It cannot be done as things are */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description This server does not answer to that name */
            421: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several things can be meant */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Something failed */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server cannot answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
