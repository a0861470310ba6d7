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
    "/api/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Says what your roles let you do, for an application in an environment or for all of them. */
        get: operations["showPermissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who has which role, bound here or listed in the rules, and which role may ask for what.
         * @description Asks for the permission `read`.
         */
        get: operations["listRoles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles/bind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives somebody a role.
         * @description Asks for the permission `bind-role`.
         */
        post: operations["bindRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/roles/unbind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a role back.
         * @description Asks for the permission `bind-role`.
         */
        post: operations["unbindRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says what runs where and what is on its way, a row for each application, by their names.
         * @description Asks for the permission `read`.
         */
        get: operations["showMatrix"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/pipeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the way of an application’s releases: what runs in each environment, what may move, and what moves.
         * @description Asks for the permission `read`.
         */
        get: operations["showPipeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what waits for you: approvals that would count, items that you may tick, rollbacks that need a person. */
        get: operations["showInbox"];
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
        /**
         * Says what runs in each environment of an application, or of all, along their paths.
         * @description Asks for the permission `read`.
         */
        get: operations["listEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/places": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names the applications, and the environments of each along their paths, of which something is remembered.
         * @description Asks for the permission `read`.
         */
        get: operations["listPlaces"];
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
        /**
         * Lists promotions, newest first.
         * @description Asks for the permission `read`.
         */
        get: operations["listPromotions"];
        put?: never;
        /**
         * Asks for a promotion, or with `isDryRun` for its plan, which changes nothing.
         * @description Asks for the permission `run`.
         */
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
        /**
         * Shows one promotion: how it stands, its steps, and all that people had to do with it.
         * @description Asks for the permission `read`.
         */
        get: operations["showPromotion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what exactly a promotion will do or did, by which it is approved; null while there is no plan.
         * @description Asks for the permission `read`.
         */
        get: operations["showPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/plan-since": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows an earlier plan of a promotion beside the one that it has now, and says what has changed.
         * @description Asks for the permission `read`.
         */
        get: operations["showPlanSince"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what happened to a promotion so far: its checks with thresholds and evidence, errors, waits and times.
         * @description Asks for the permission `read`.
         */
        get: operations["showReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/canary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows how a canary does beside what it follows, look by look; null for a promotion without one.
         * @description Asks for the permission `read`.
         */
        get: operations["showCanary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says how far the migrations of a promotion have come, by statement.
         * @description Asks for the permission `read`.
         */
        get: operations["showMigrationProgress"];
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
        /**
         * Shows the audit trail of one promotion, each entry with its words for people.
         * @description Asks for the permission `read`.
         */
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
        /**
         * Shows what the steps of a promotion wrote, in its order.
         * @description Asks for the permission `read`.
         */
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
        /**
         * Approves or rejects the plan of a promotion; refused when it is not that plan any more.
         * @description Asks for the permission `approve`.
         */
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
        /**
         * Stops a promotion; what it changed already is taken back.
         * @description Asks for the permission `cancel`.
         */
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
        /**
         * Takes a failed promotion up again at the step that failed, or a failed rollback at what could not be undone.
         * @description Asks for the permission `retry`.
         */
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
        /**
         * Ticks an item of a promotion’s checklist in your name.
         * @description Asks for the permission `tick`.
         */
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
        /**
         * Writes into a promotion’s audit trail what you did or saw.
         * @description Asks for the permission `note`.
         */
        post: operations["noteDown"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/open-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what is to be done after promotions and was not yet, oldest first.
         * @description Asks for the permission `read`.
         */
        get: operations["listOpenItems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/open-items/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says that something that was left to do after a promotion is done, and how.
         * @description Asks for the permission `close-item`.
         */
        post: operations["closeItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/rollback-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says what a rollback would do, lose and not be able to undo, before anything runs.
         * @description Asks for the permission `read`.
         */
        get: operations["previewRollback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a promotion back. One that still runs turns round; one that has ended is undone by a promotion of its own.
         * @description Asks for the permission `rollback`.
         */
        post: operations["rollBack"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotions/{promotion}/confirm-rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes your word that a promotion was taken back by hand; what runs is then verified.
         * @description Asks for the permission `confirm-rollback`.
         */
        post: operations["confirmRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/environments/{environment}/revisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists everything that ran in an environment, newest first, each with whether it can be returned to.
         * @description Asks for the permission `read`.
         */
        get: operations["listRevisions"];
        put?: never;
        post?: never;
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
        /**
         * Lists what is over, the newest end first, each with what it changed and who was behind it.
         * @description Asks for the permission `read`.
         */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/promotion-comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows two promotions beside each other: what each was to do, did, met and took.
         * @description Asks for the permission `read`.
         */
        get: operations["comparePromotions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says what changed in a time, newest first, over all applications unless one is named.
         * @description Asks for the permission `read`.
         */
        get: operations["listChanges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/state-at": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says what was not as it is now at a moment, and what was on its way then.
         * @description Asks for the permission `read`.
         */
        get: operations["showStateAt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts how promotions went: outcomes, durations, lead times, and what kept them from going on.
         * @description Asks for the permission `read`.
         */
        get: operations["showStatistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/trend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts how promotions went, part by part of a time, by when they were asked for.
         * @description Asks for the permission `read`.
         */
        get: operations["showTrend"];
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
        /**
         * Lists the releases of an application, newest first.
         * @description Asks for the permission `read`.
         */
        get: operations["listReleases"];
        put?: never;
        /**
         * Stores a release, which never changes from then on; the same content under the same name is the same release.
         * @description Asks for the permission `create-release`.
         */
        post: operations["createRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bad-releases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists releases of every application that are marked bad and so never promoted, the newest mark first.
         * @description Asks for the permission `read`.
         */
        get: operations["listBadReleases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/releases/assembly": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a release of the newest images whose tags match, one for every service, and only when none is missing.
         * @description Asks for the permission `create-release`.
         */
        post: operations["assembleRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/releases/{release}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a release: its images, migrations, flags and values, what is known about it, and where it runs.
         * @description Asks for the permission `read`.
         */
        get: operations["showRelease"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/releases/{release}/judgement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Marks a release bad, so that it is never promoted until it is unmarked, or takes that back.
         * @description Asks for the permission `mark-bad`.
         */
        post: operations["judgeRelease"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/releases/{release}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads a tool’s own report and records its facts about a release; the same report again changes nothing.
         * @description Asks for the permission `add-evidence`.
         */
        post: operations["addEvidence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/source-locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says in which environments a commit runs, a change request or a ticket.
         * @description Asks for the permission `read`.
         */
        get: operations["locateSource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/environments/{environment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says how an application does in an environment now, found out there and not remembered.
         * @description Asks for the permission `read`.
         */
        get: operations["inspectEnvironment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/environments/{environment}/adoption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records what runs in an environment, read from the environment itself, as its verified baseline.
         * @description Asks for the permission `adopt`.
         */
        post: operations["adoptRunning"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/environments/{environment}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tests an environment by what the rules say of it, the team’s own tests among it; answers when all are done.
         * @description Asks for the permission `test-environment`.
         */
        post: operations["testEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/environment-comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows two environments beside each other, how ready what runs in the first one is for the second, and what promoting it would change.
         * @description Asks for the permission `read`.
         */
        get: operations["compareEnvironments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/environments/{environment}/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who changed the values of an environment, when, with which promotion, and what; secrets are masked.
         * @description Asks for the permission `read`.
         */
        get: operations["listConfigurationHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/applications/{application}/environments/{environment}/configuration-diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows what differs between two versions of an environment’s values, or between two environments.
         * @description Asks for the permission `read`.
         */
        get: operations["showConfigurationDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows the paths of the rules that hold now, with what each demands and where that is said.
         * @description Asks for the permission `read`.
         */
        get: operations["showRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says in words what a path demands, and whether the rules have it open at a moment.
         * @description Asks for the permission `read`.
         */
        get: operations["explainRules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rules/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Says what other rules would have decided about the promotions that are stored; nothing is changed.
         * @description Asks for the permission `read`.
         */
        post: operations["proposeRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/waivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists findings that were set aside, newest first.
         * @description Asks for the permission `read`.
         */
        get: operations["listWaivers"];
        put?: never;
        /**
         * Sets one finding aside until a moment.
         * @description Asks for the permission `waive`.
         */
        post: operations["waiveFinding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/waivers/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a waiver before its time.
         * @description Asks for the permission `waive`.
         */
        post: operations["revokeWaiver"];
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
        /**
         * Lists every hold and freeze that keeps something closed now, of people and of the rules.
         * @description Asks for the permission `read`.
         */
        get: operations["listClosures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pins an environment to its release until it is released, or until a time.
         * @description Asks for the permission `hold`.
         */
        post: operations["holdEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/holds/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets promotions into an environment again.
         * @description Asks for the permission `hold`.
         */
        post: operations["releaseEnvironment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/freezes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists the freezes that people declared and that are not over, by their beginning.
         * @description Asks for the permission `read`.
         */
        get: operations["listFreezes"];
        put?: never;
        /**
         * Declares a span in which nothing moves.
         * @description Asks for the permission `freeze`.
         */
        post: operations["declareFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/freezes/lift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends a declared freeze before its time.
         * @description Asks for the permission `freeze`.
         */
        post: operations["liftFreeze"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auto-promotion/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets verified releases move on by themselves again after a rollback.
         * @description Asks for the permission `resume`.
         */
        post: operations["resumeAutoPromotion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Says whether the audit trail holds: every chain, against what was signed about it outside the database.
         * @description Asks for the permission `verify-audit`.
         */
        get: operations["showAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists entries of the audit trail over all chains, newest first.
         * @description Asks for the permission `read`.
         */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Gives the public key that signatures of this installation are checked with, to be kept elsewhere.
         * @description Asks for the permission `verify-audit`.
         */
        get: operations["showAuditKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/compliance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Reports for an auditor how promotions were decided: who asked, who approved, what was set aside, how each ended.
         * @description Asks for the permission `export-audit`.
         */
        get: operations["showCompliance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit/prune": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Removes promotions that ended long ago with their whole chains, behind a signed checkpoint, or the lines of their steps; with `isDryRun` says what it would.
         * @description Asks for the permission `prune-audit`.
         */
        post: operations["pruneAudit"];
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
        Permissions: {
            commands: ("read" | "run" | "approve" | "reject" | "cancel" | "retry" | "rollback" | "create-release" | "add-evidence" | "adopt" | "verify-audit" | "bind-role" | "tick" | "note" | "close-item" | "force" | "skip-validation" | "auto-approve" | "override-freeze" | "hotfix" | "hold" | "freeze" | "waive" | "mark-bad" | "resume" | "confirm-rollback" | "export-audit" | "move-clock" | "test-environment" | "redirect-configuration" | "prune-audit")[];
        };
        Roles: {
            bindings: components["schemas"]["RoleBinding"][];
            listed: {
                role: string;
                people: string[];
            }[];
            matrix: {
                /** @enum {string} */
                command: "read" | "run" | "approve" | "reject" | "cancel" | "retry" | "rollback" | "create-release" | "add-evidence" | "adopt" | "verify-audit" | "bind-role" | "tick" | "note" | "close-item" | "force" | "skip-validation" | "auto-approve" | "override-freeze" | "hotfix" | "hold" | "freeze" | "waive" | "mark-bad" | "resume" | "confirm-rollback" | "export-audit" | "move-clock" | "test-environment" | "redirect-configuration" | "prune-audit";
                roles: ("viewer" | "promoter" | "approver" | "operator" | "admin")[];
            }[];
        };
        RoleBinding: {
            /** @description A person’s or a machine’s id. */
            subject: string;
            role: string;
            /** @description `*`: every application. */
            application: string;
            /** @description `*`: every environment. */
            environment: string;
        };
        RoleToBind: {
            /** @description A person’s or a machine’s id. */
            subject: string;
            role: string;
            /** @description `*`: every application. */
            application: string;
            /** @description `*`: every environment. */
            environment: string;
        };
        RoleToUnbind: {
            /** @description A person’s or a machine’s id. */
            subject: string;
            role: string;
            /** @description `*`: every application. */
            application: string;
            /** @description `*`: every environment. */
            environment: string;
        };
        Matrix: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            /** @description The columns, along their paths. */
            environments: string[];
            items: components["schemas"]["MatrixRow"][];
            closures: components["schemas"]["Closure"][];
            /** @description Those that begin within two weeks. */
            freezesAhead: components["schemas"]["ComingFreeze"][];
            next: string | null;
        };
        MatrixRow: {
            application: string;
            environments: components["schemas"]["EnvironmentState"][];
            /** @description Promotions that have not ended, newest first. */
            running: components["schemas"]["PromotionSummary"][];
            /** @description What you can do something about. */
            waitsForYou: components["schemas"]["WaitsForYou"][];
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
            /** @description What was seen there last; null: nobody has looked, or this version cannot look there. */
            observed: {
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                /**
                 * @description `unknown`: it could not be found out.
                 * @enum {string}
                 */
                health: "healthy" | "sick" | "unknown";
                /** @description What is wrong, or why nobody knows. */
                trouble: string | null;
                /** @description How what runs differs from what is recorded; null: it does not, or is being changed. */
                drift: string | null;
            } | null;
        };
        PromotionSummary: {
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
            /** @description Only where they were asked for. */
            steps?: components["schemas"]["Step"][];
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
            error: components["schemas"]["PromotionError"] | null;
            undo: {
                /** @enum {string} */
                status: "running" | "parked" | "retrying" | "done" | "failed";
                attempt: number;
                summary: string | null;
                error: components["schemas"]["PromotionError"] | null;
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
        };
        WaitsForYou: {
            promotion: string;
            environment: string;
            /** @enum {string} */
            asks: "approval" | "checklist" | "rollback-failed";
            /** @description In which your approval would count. */
            stage: string | null;
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
        /** @description A freeze that has not begun. */
        ComingFreeze: {
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
            from: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            until: string | null;
            /** @description Null: the rules. */
            by: string | null;
        };
        Pipeline: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            application: string;
            environments: {
                name: string;
                state: components["schemas"]["EnvironmentState"] | null;
            }[];
            paths: components["schemas"]["PipelinePath"][];
            running: components["schemas"]["PromotionSummary"][];
            closures: components["schemas"]["Closure"][];
        };
        PipelinePath: {
            from: string;
            to: string;
            /** @description What runs verified where the path begins, and not where it ends. */
            candidate: {
                release: string;
                isBad: boolean;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                soakedAt: string;
            } | null;
            isOpen: boolean;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            changesAt: string | null;
            /** @description Why it is closed. */
            reason: string | null;
            soakSeconds: number;
            approvals: {
                stage: string;
                minimum: number;
            }[];
            hasCanary: boolean;
            promotesByItself: boolean;
            /** @description Whether you may ask for a promotion along it. */
            mayPromote: boolean;
            /** @description What of its rules you may set aside with one. */
            maySetAside: ("acknowledge" | "force" | "skip-validation" | "override-freeze" | "hotfix")[];
        };
        Inbox: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            items: {
                /** @enum {string} */
                asks: "approval" | "checklist" | "rollback-failed";
                /** @description In which your approval would count. */
                stage: string | null;
                promotion: components["schemas"]["PromotionSummary"];
            }[];
            openItems: components["schemas"]["OpenItem"][];
            isCut: boolean;
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
        Places: {
            applications: {
                application: string;
                environments: string[];
            }[];
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
            /** @description How patient it is, in place of what the rules say. */
            timeouts?: {
                startupSeconds?: number;
                healthCheckSeconds?: number;
            };
            /** @description Where the target’s configuration is, in place of what the rules say. */
            configuration?: {
                /** @example https://github.com/shop/config.git */
                repository?: string;
                branch?: string;
            };
            reason?: string;
            /**
             * @description Goes on although gates fail; needs a reason.
             * @default false
             */
            forces?: boolean;
            /** @description Why it moves although it is ready only with caution. */
            acknowledges?: string;
        };
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
            steps: components["schemas"]["Step"][];
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
        Plan: {
            hash: string;
            images: {
                service: string;
                digest: string;
                /** @enum {string} */
                change: "new" | "changed" | "same";
                /** @description The digest that runs there now. */
                before: string | null;
            }[];
            configuration: {
                redirectedTo: {
                    repository: string;
                    branch: string;
                } | null;
                changes: {
                    path: string;
                    before: string | number | boolean | null;
                    after: string | number | boolean | null;
                }[];
            };
            database: {
                migrations: {
                    version: number;
                    name: string;
                    /** @enum {string} */
                    kind: "expand" | "contract";
                    /** @description The DDL. */
                    statements: string[];
                }[];
                /** @description What runs by itself when the undo window is over. */
                waiting: {
                    version: number;
                    name: string;
                    /** @enum {string} */
                    kind: "expand" | "contract";
                }[];
                undoWindowSeconds: number;
            } | null;
            flags: {
                added: string[];
                changed: string[];
                switched: {
                    key: string;
                    isEnabled: boolean;
                    percentage: number;
                }[];
            };
            source: {
                gained: {
                    commit: string;
                    subject: string;
                    changeRequests: string[];
                    tickets: string[];
                }[];
                lost: {
                    commit: string;
                    subject: string;
                    changeRequests: string[];
                    tickets: string[];
                }[];
                /** @description Why commits cannot be told. */
                unknown: string | null;
            };
            deployment: {
                strategy: string;
                detail: string;
            } | null;
            customSteps: {
                name: string;
                does: string;
                undo: string | null;
            }[];
            leftOut: {
                step: string;
                means: string;
            }[];
            lane: string | null;
            laneTerms: string[];
            setAside: {
                kind: string;
                by: string;
                reason: string;
            }[];
            target: {
                release: string | null;
            };
            /** @description What cannot be undone. */
            irreversible: string[];
        };
        PlanSince: {
            before: components["schemas"]["Plan"] | null;
            now: components["schemas"]["Plan"] | null;
            /** @description In words; none: it is the same plan. */
            changes: string[];
        };
        PromotionReport: {
            outcomeText: string;
            images: {
                service: string;
                digest: string;
                before: string | null;
                sizeBytes: number | null;
                source: {
                    repository: string;
                    tag: string | null;
                };
                destination: {
                    repository: string;
                    tag: string | null;
                };
            }[];
            changes: components["schemas"]["Change"][];
            checks: components["schemas"]["Check"][];
            approvals: {
                isAutomaticWhenGatesPass: boolean;
                samePersonMayFillStages: boolean;
                stages: {
                    name: string;
                    roles: string[];
                    people: string[];
                    minimumApprovals: number;
                    timeoutSeconds: number;
                }[];
            };
            undone: {
                step: string;
                summary: string;
            }[];
            kept: {
                step: string;
                summary: string;
            }[];
            errors: {
                at: string;
                step: string;
                /** @enum {string} */
                mode: "run" | "undo";
                attempt: number;
                /** @enum {string} */
                category: "VALIDATION" | "NETWORK" | "AUTHENTICATION" | "REGISTRY" | "DOCKER" | "PERMISSION" | "TIMEOUT" | "UNKNOWN";
                /** @enum {string} */
                severity: "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";
                code: string | null;
                message: string;
                remedy: string;
                /** @enum {string} */
                then: "tried again" | "passed over" | "gave up";
                backoffSeconds: number | null;
            }[];
            steps: {
                name: string;
                attempts: number;
                tookMs: number | null;
                waitedMs: number;
                undoTookMs: number | null;
            }[];
            waits: {
                reason: string;
                detail: string;
                since: string;
                until: string | null;
                tookMs: number | null;
            }[];
            timing: {
                requestedAt: string;
                endedAt: string | null;
                tookMs: number | null;
                waitedMs: number;
                failedMs: number;
            };
        };
        Change: {
            /** @enum {string} */
            kind: "release" | "image" | "configuration" | "schema" | "flag" | "override";
            subject: string;
            before: string | null;
            after: string | null;
        };
        Check: {
            step: string;
            /** @description A gate, or what else was looked at. */
            check: string;
            /** @description `pass`, `warn`, `fail` or `skipped`. */
            verdict: string;
            /** @description What was found. */
            detail: string;
            /** @description What was demanded, in words. */
            threshold: string | null;
            evidence: {
                id: string;
                kind: string | null;
                source: string | null;
                collectedAt: string | null;
            }[];
            /** @description Who overruled its failing. */
            forcedBy: string | null;
        };
        CanaryCourse: {
            /** @description Of the requests, that it gets. */
            percentage: number | null;
            durationSeconds: number;
            allowedErrorPercent: number;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            startedAt: string | null;
            readings: {
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                percentage: number;
                canary: components["schemas"]["CanarySide"];
                baseline: components["schemas"]["CanarySide"];
            }[];
        };
        /** @description What one side of a canary answered since the canary began. */
        CanarySide: {
            requests: number;
            failed: number;
            /** @description Null: there was no request. */
            meanResponseTimeMs: number | null;
        };
        MigrationProgress: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            migrations: {
                version: number;
                name: string;
                /** @enum {string} */
                kind: "expand" | "contract";
                /** @description The DDL. */
                statements: string[];
                /** @enum {string} */
                standing: "waiting" | "running" | "applied" | "failed" | "taken-back" | "unknown";
                running: components["schemas"]["RunningStatement"] | null;
            }[];
            summary: string | null;
            /** @description Why nobody can say how far they have come. */
            trouble: string | null;
        };
        RunningStatement: {
            /** @enum {string} */
            direction: "up" | "down";
            /** @description From 1. */
            statement: number;
            of: number;
            /** @description How long it has run. */
            seconds: number;
            waitsForLock: boolean;
            /** @description How much of the table an index that is being built has come through. */
            indexPercent: number | null;
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
        ClosedItem: {
            id: string;
            note: string;
        };
        RollbackPreview: {
            /** @enum {string} */
            kind: "preview";
            application: string;
            environment: string;
            promotion: string;
            /** @description The release that goes. */
            release: string;
            returnsTo: string | null;
            takesBack: string[];
            undone: {
                step: string;
                title: string;
                will: string;
            }[];
            schema: {
                kind: string;
                reason: string | null;
                migrations: number[];
                /** @description Whose undoing discards what was written since: kept for that, or lost when they are undone. */
                lossy: {
                    version: number;
                    name: string;
                }[];
            } | null;
            hasDatabase: boolean;
            discards: {
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                since: string;
                minutes: number;
                rowsInBackUp: number;
            } | null;
            restoreRefused: string | null;
            irreversible: string[];
            stops: boolean;
            preempts: string | null;
            underWay: string | null;
            lastTookMs: number | null;
            marksBad: boolean;
            alsoRunsIn: string[];
            pausesAutoPromotion: boolean;
        };
        RollbackRequest: {
            reason: string;
            /** @description Default: the newest release that was verified before. */
            to?: {
                release: string;
            } | {
                number: number;
            };
            /**
             * @description Set by whoever was shown what will be lost.
             * @default false
             */
            acceptsDataLoss?: boolean;
            /** @default false */
            restoresDatabase?: boolean;
            /** @default false */
            undoesMigrations?: boolean;
        };
        RollbackConfirmation: Record<string, never>;
        Revision: {
            number: number;
            release: string;
            digest: string;
            promotion: string | null;
            returnedBy: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            deployedAt: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            verifiedAt: string | null;
            isRunning: boolean;
            canReturn: boolean;
            reason: string | null;
            schema: string;
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
        ComparedPromotion: {
            promotion: components["schemas"]["Promotion"];
            plan: components["schemas"]["Plan"] | null;
            report: components["schemas"]["PromotionReport"];
        };
        ChangesSince: {
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
            until: string;
            isCut: boolean;
            groups: {
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                application: string;
                environment: string;
                changedBy: string;
                saidBy: string | null;
                promotion: components["schemas"]["ChangeOrigin"] | null;
                changes: {
                    /**
                     * Format: date-time
                     * @description ISO 8601, in UTC.
                     * @example 2026-11-27T09:30:00.000Z
                     */
                    at: string;
                    /** @enum {string} */
                    kind: "release" | "image" | "configuration" | "schema" | "flag" | "override";
                    subject: string;
                    before: string | null;
                    after: string | null;
                }[];
            }[];
        };
        ChangeOrigin: {
            id: string;
            release: string;
            /** @enum {string} */
            kind: "promote" | "rollback" | "contract";
            requestedBy: string;
            onBehalfOf: string | null;
            reason: string | null;
            approvedBy: string[];
            spokenFor: {
                [key: string]: string;
            };
            /** @enum {string|null} */
            takenBack: "by-itself" | "later" | null;
        };
        StateAt: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            isCut: boolean;
            differences: {
                application: string;
                environment: string;
                /** @enum {string} */
                kind: "release" | "image" | "configuration" | "schema" | "flag" | "override";
                subject: string;
                then: string | null;
                isThenKnown: boolean;
                now: string | null;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                changedAt: string;
                promotion: components["schemas"]["ChangeOrigin"] | null;
            }[];
            moving: {
                id: string;
                application: string;
                release: string;
                from: string;
                to: string;
                requestedBy: string;
                saidBy: string | null;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                startedAt: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                endedAt: string | null;
            }[];
        };
        Statistics: {
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
            until: string;
            keptDays: number | null;
            total: {
                attempts: number;
                running: number;
                outcomes: {
                    succeeded: number;
                    failed: number;
                    "rolled-back": number;
                    "rollback-failed": number;
                    rejected: number;
                    expired: number;
                    cancelled: number;
                    superseded: number;
                };
                requirementsNotMet: number;
                takenBackLater: number;
                successRatio: number | null;
                /** @description From the request to the end. */
                durationSeconds: {
                    mean: number;
                    p95: number;
                } | null;
                /** @description From the back-up to the end. */
                movingSeconds: {
                    mean: number;
                    p95: number;
                } | null;
                /** @description From the making of the release to the end. */
                leadTimeSeconds: {
                    mean: number;
                    p95: number;
                } | null;
            };
            places: {
                application: string;
                environment: string;
                attempts: number;
                running: number;
                outcomes: {
                    succeeded: number;
                    failed: number;
                    "rolled-back": number;
                    "rollback-failed": number;
                    rejected: number;
                    expired: number;
                    cancelled: number;
                    superseded: number;
                };
                requirementsNotMet: number;
                takenBackLater: number;
                successRatio: number | null;
                /** @description From the request to the end. */
                durationSeconds: {
                    mean: number;
                    p95: number;
                } | null;
                /** @description From the back-up to the end. */
                movingSeconds: {
                    mean: number;
                    p95: number;
                } | null;
                /** @description From the making of the release to the end. */
                leadTimeSeconds: {
                    mean: number;
                    p95: number;
                } | null;
            }[];
            /** @description How many are not told. */
            morePlaces: number;
            validationFailures: {
                application: string;
                environment: string;
                gate: string;
                count: number;
            }[];
            restorations: {
                total: {
                    /** @description How often an environment needed to be got well again. */
                    needed: number;
                    /** @description Of these, those that are not well again. */
                    open: number;
                    /** @description From when something that had deployed was to be taken back to when what runs there was verified again. */
                    seconds: {
                        mean: number;
                        p95: number;
                    } | null;
                };
                places: {
                    application: string;
                    environment: string;
                    /** @description How often an environment needed to be got well again. */
                    needed: number;
                    /** @description Of these, those that are not well again. */
                    open: number;
                    /** @description From when something that had deployed was to be taken back to when what runs there was verified again. */
                    seconds: {
                        mean: number;
                        p95: number;
                    } | null;
                }[];
            };
        };
        Trend: {
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
            until: string;
            keptDays: number | null;
            /** @enum {string} */
            bucket: "hour" | "day" | "week";
            points: {
                /**
                 * Format: date-time
                 * @description When the part begins.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                attempts: number;
                succeeded: number;
                /** @description Failed, or could not be taken back. */
                failed: number;
                /** @description Took itself back. */
                rolledBack: number;
                takenBackLater: number;
                validationFailures: number;
                movingSeconds: number | null;
                leadTimeSeconds: number | null;
                restoreSeconds: number | null;
            }[];
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
            bad: components["schemas"]["BadMark"] | null;
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
        };
        ReleaseToCreate: {
            name: string;
            content: components["schemas"]["ReleaseContent"];
        };
        /** @description Images by digest, values, database, flags, what it needs, and its source. */
        ReleaseContent: {
            images: {
                service: string;
                image: string;
                digest: string;
            }[];
            /** @default {} */
            configuration?: {
                [key: string]: string | number | boolean;
            };
            database?: {
                schemaRange: {
                    min: number;
                    max: number;
                };
                migrations: {
                    version: number;
                    name: string;
                    /** @enum {string} */
                    kind: "expand" | "contract";
                    transactional: boolean;
                    up: string;
                    down?: string;
                    downLosesData: boolean;
                    checksum: string;
                }[];
            };
            /** @default [] */
            flags?: {
                key: string;
                /** @default  */
                description?: string;
                /** @default false */
                defaultEnabled?: boolean;
            }[];
            needs?: {
                /** @default [] */
                configuration?: string[];
                /** @default [] */
                secrets?: string[];
                /** @default [] */
                flags?: string[];
                /** @default [] */
                extensions?: string[];
            };
            flagStates?: {
                key: string;
                isEnabled?: boolean;
                /** @description Share of requests that see it when it is on. */
                percentage?: number;
            }[];
            source?: {
                repository: string;
                commit: string;
                /** @default [] */
                authors?: string[];
            };
        };
        Assembly: {
            release: components["schemas"]["ReleaseSummary"];
            images: {
                service: string;
                image: string;
                tag: string;
                digest: string;
            }[];
        };
        AssemblyRequest: {
            name: string;
            /** @description The environment whose registry holds the images, by name or alias. */
            from: string;
            /** @description Which tags are meant; `*` stands for anything. */
            tag: string;
            /** @description Names of images by service, where they are not `<application>-<service>`. */
            images?: {
                [key: string]: string;
            };
            /** @description An earlier release that gives what is not said here. */
            like?: string;
            /** @description Files called `NNN_name.up.sql` and `NNN_name.down.sql`, all of them. */
            migrations?: {
                /** @example 003_add_price.up.sql */
                name: string;
                sql: string;
            }[];
        };
        ReleaseDetail: {
            release: components["schemas"]["ReleaseSummary"];
            content: {
                images: {
                    service: string;
                    image: string;
                    digest: string;
                }[];
                configuration: {
                    [key: string]: string | number | boolean;
                };
                migrations: {
                    version: number;
                    name: string;
                    /** @enum {string} */
                    kind: "expand" | "contract";
                }[];
                flags: {
                    key: string;
                    description: string;
                }[];
                authors: string[];
                repository: string | null;
            };
            evidence: components["schemas"]["Evidence"][];
            runsIn: {
                environment: string;
                isVerified: boolean;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                since: string;
            }[];
        };
        /** @description A fact about a release, by its digest. */
        Evidence: {
            id: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            collectedAt: string;
            source: string;
            sourceCommit: string | null;
            fact: {
                kind: string;
            } & {
                [key: string]: unknown;
            };
        };
        Judgement: {
            /** @enum {string} */
            judgement: "bad" | "not-bad";
            reason: string;
        };
        AddedEvidence: {
            application: string;
            release: string;
            /** @enum {string} */
            format: "junit" | "lcov" | "cobertura" | "sarif" | "sarif-lint" | "eslint" | "trivy" | "grype" | "k6" | "code-review" | "bugs" | "source";
            /** @description Whether all of it was stored before. */
            isKnown: boolean;
            evidence: components["schemas"]["Evidence"][];
        };
        EvidenceSubmission: {
            /** @description The report as the tool wrote it. */
            report: string;
            /** @description What produced it: a command, a CI run. */
            source: string;
            /**
             * @description Default: recognised by how it begins.
             * @enum {string}
             */
            format?: "junit" | "lcov" | "cobertura" | "sarif" | "sarif-lint" | "eslint" | "trivy" | "grype" | "k6" | "code-review" | "bugs" | "source";
            /**
             * @description Which tests a test report is of. Default: unit.
             * @enum {string}
             */
            suite?: "unit" | "integration" | "e2e" | "performance";
            /**
             * @description When load was put on, seen from the deployment. Default: before.
             * @enum {string}
             */
            phase?: "before" | "after";
            /** @description The source commit that it was made from. */
            commit?: string;
            /**
             * Format: date-time
             * @description When it was made. Default: what it says, else now.
             */
            collectedAt?: string;
        };
        SourceLocations: {
            word: string;
            commits: {
                repository: string;
                commit: string;
                author: string;
                subject: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                changeRequests: string[];
                tickets: string[];
            }[];
            locations: {
                application: string;
                environment: string;
                release: string;
                /**
                 * @description `patch`: it has the same change under another commit.
                 * @enum {string}
                 */
                containment: "commit" | "patch" | "absent";
            }[];
            unknown: {
                application: string;
                environment: string;
                why: string;
            }[];
        };
        EnvironmentReport: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            application: string;
            environment: string;
            deployment: {
                /** @enum {string} */
                phase: "empty" | "progressing" | "available" | "failed";
                message: string | null;
                release: string | null;
            } | {
                phase: null;
                unknown: string;
            };
            measuredSeconds: number;
            services: components["schemas"]["ServiceReport"][];
            database: {
                name: string;
                /** @enum {boolean} */
                isReachable: false;
                unknown: string;
            } | {
                name: string;
                /** @enum {boolean} */
                isReachable: true;
                connectMs: number;
                queryMs: number;
                sizeBytes: number;
                schemaVersion: number;
                unfinished?: unknown;
            } | null;
            alerts: {
                id: string;
                /** @enum {string} */
                severity: "critical" | "warning";
                subject: string;
                detail: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                since: string;
            }[] | null;
            alertsUnknown: string | null;
        };
        ServiceReport: {
            service: string;
            kind: string;
            isCritical: boolean;
            release: string | null;
            digest: string | null;
            url: string | null;
            /** @enum {string} */
            health: "healthy" | "sick" | "unknown";
            trouble: string | null;
            responseTimeMs: number | null;
            requests: number | null;
            errorRatePercent: number | null;
            p95Ms: number | null;
            memoryBytes: number | null;
            cpuPercent: number | null;
            restarts: number | null;
            /** @description Why each measure that is null is. */
            unknown: {
                [key: string]: string;
            };
        };
        Adoption: {
            application: string;
            environment: string;
            release: string;
            digest: string;
            /** @description Whether a release was made of what runs. */
            isNew: boolean;
            images: {
                service: string;
                image: string;
                digest: string;
            }[];
            configurationCommit: string;
            schemaVersion: number | null;
            flags: string[];
        };
        AdoptionRequest: {
            /** @description What to call it. Default: as the environment calls it. */
            release?: string;
        };
        EnvironmentTests: {
            application: string;
            environment: string;
            release: string | null;
            results: components["schemas"]["EnvironmentTestResult"][];
            /** @description What tests of the team’s own printed, the last of it. */
            lines: {
                test: string;
                line: string;
            }[];
        };
        EnvironmentTestResult: {
            /** @enum {string} */
            category: "service-health" | "api-endpoints" | "database" | "security" | "performance" | "integration" | "isolation" | "custom";
            name: string;
            /**
             * @description `untested` is no pass.
             * @enum {string}
             */
            verdict: "passed" | "failed" | "untested";
            detail: string;
            remedy: string | null;
        };
        EnvironmentTestRequest: {
            /** @description Categories not to run. */
            leavesOut?: ("service-health" | "api-endpoints" | "database" | "security" | "performance" | "integration" | "isolation" | "custom")[];
        };
        EnvironmentComparison: {
            application: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            from: {
                environment: string;
                deployment: {
                    /** @enum {string} */
                    phase: "empty" | "progressing" | "available" | "failed";
                    message: string | null;
                    release: string | null;
                } | {
                    phase: null;
                    unknown: string;
                };
                measuredSeconds: number;
                services: components["schemas"]["ServiceReport"][];
                database: {
                    name: string;
                    /** @enum {boolean} */
                    isReachable: false;
                    unknown: string;
                } | {
                    name: string;
                    /** @enum {boolean} */
                    isReachable: true;
                    connectMs: number;
                    queryMs: number;
                    sizeBytes: number;
                    schemaVersion: number;
                    unfinished?: unknown;
                } | null;
                alerts: {
                    id: string;
                    /** @enum {string} */
                    severity: "critical" | "warning";
                    subject: string;
                    detail: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, in UTC.
                     * @example 2026-11-27T09:30:00.000Z
                     */
                    since: string;
                }[] | null;
                alertsUnknown: string | null;
            };
            to: {
                environment: string;
                deployment: {
                    /** @enum {string} */
                    phase: "empty" | "progressing" | "available" | "failed";
                    message: string | null;
                    release: string | null;
                } | {
                    phase: null;
                    unknown: string;
                };
                measuredSeconds: number;
                services: components["schemas"]["ServiceReport"][];
                database: {
                    name: string;
                    /** @enum {boolean} */
                    isReachable: false;
                    unknown: string;
                } | {
                    name: string;
                    /** @enum {boolean} */
                    isReachable: true;
                    connectMs: number;
                    queryMs: number;
                    sizeBytes: number;
                    schemaVersion: number;
                    unfinished?: unknown;
                } | null;
                alerts: {
                    id: string;
                    /** @enum {string} */
                    severity: "critical" | "warning";
                    subject: string;
                    detail: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, in UTC.
                     * @example 2026-11-27T09:30:00.000Z
                     */
                    since: string;
                }[] | null;
                alertsUnknown: string | null;
            };
            versions: {
                service: string;
                from: {
                    release: string | null;
                    digest: string | null;
                };
                to: {
                    release: string | null;
                    digest: string | null;
                };
                isSame: boolean | null;
            }[];
            schema: {
                /** @enum {string} */
                kind: "compared";
                entries: {
                    object: string;
                    from: string | null;
                    to: string | null;
                }[];
            } | {
                /** @enum {string} */
                kind: "unknown";
                why: string;
            } | {
                /** @enum {string} */
                kind: "none";
            };
            tables: {
                /** @enum {string} */
                kind: "compared";
                entries: {
                    table: string;
                    from?: unknown;
                    to?: unknown;
                    isSame: boolean | null;
                }[];
            } | {
                /** @enum {string} */
                kind: "unknown";
                why: string;
            } | {
                /** @enum {string} */
                kind: "none";
            };
            configuration: {
                /** @enum {string} */
                kind: "compared";
                entries: {
                    setting: string;
                    from: string | null;
                    to: string | null;
                }[];
                same: {
                    setting: string;
                    value: string;
                }[];
            } | {
                /** @enum {string} */
                kind: "unknown";
                why: string;
            } | {
                /** @enum {string} */
                kind: "none";
            };
            flags: {
                /** @enum {string} */
                kind: "compared";
                entries: {
                    key: string;
                    from: {
                        isEnabled: boolean;
                        percentage: number;
                    } | null;
                    to: {
                        isEnabled: boolean;
                        percentage: number;
                    } | null;
                }[];
                same: {
                    key: string;
                    isEnabled: boolean;
                    percentage: number;
                }[];
            } | {
                /** @enum {string} */
                kind: "unknown";
                why: string;
            } | {
                /** @enum {string} */
                kind: "none";
            };
            readiness: {
                score: number | null;
                /** @enum {string} */
                verdict: "ready" | "caution" | "not-ready";
                readyPercent: number;
                cautionPercent: number;
                isDemanded: boolean;
                checks: {
                    part: string;
                    name: string;
                    weight: number;
                    isPassed: boolean | null;
                    detail: string;
                }[];
            } | null;
            /** @description What promoting what runs in `from` would change; null where no path leads, or nothing runs. */
            forecast: {
                /** @enum {string} */
                kind: "planned";
                release: string;
                plan: components["schemas"]["Plan"] | null;
            } | {
                /** @enum {string} */
                kind: "unknown";
                release: string;
                why: string;
            } | null;
        };
        ConfigurationHistory: {
            environment: string;
            repository: string;
            branch: string;
            path: string;
            isCut: boolean;
            revisions: {
                commit: string;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                author: string;
                subject: string;
                promotion: string | null;
                changes: {
                    setting: string;
                    before: string | null;
                    after: string | null;
                }[];
            }[];
        };
        ConfigurationDiff: {
            from: string;
            to: string;
            changes: {
                setting: string;
                before: string | null;
                after: string | null;
            }[];
        };
        Rules: {
            file: string;
            environments: {
                name: string;
                aliases: string[];
            }[];
            paths: {
                from: string;
                to: string;
                after: ("any" | "all") | {
                    atLeast: number;
                    of: string[];
                };
                soakSeconds: number;
                gates: {
                    gate: string;
                    settings: {
                        [key: string]: unknown;
                    };
                }[];
                approvals: ({
                    name: string;
                    minimumApprovals: number;
                } & {
                    [key: string]: unknown;
                })[];
                checklist: {
                    items: number;
                    tickedByGates: number;
                };
                windows: ({
                    kind: string;
                } & {
                    [key: string]: unknown;
                })[];
                canary: {
                    [key: string]: unknown;
                } | null;
                bakeSeconds: number;
                places: {
                    setting: string;
                    file: string;
                    line: number;
                }[];
            }[];
        };
        RulesExplanation: {
            from: string;
            to: string;
            application: string;
            settings: {
                subject: string;
                words: string;
                places: {
                    file: string;
                    line: number;
                }[];
            }[];
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            isOpen: boolean;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            changesAt: string | null;
            reason: string | null;
        };
        JudgedProposal: {
            isUsable: boolean;
            problems: {
                file: string;
                line: number;
                column: number;
                path: string;
                expected: string;
                found: string;
                suggestion: string | null;
                message: string;
            }[];
            replay: {
                counts: {
                    asBefore: number;
                    refused: number;
                    waiting: number;
                    letThrough: number;
                    unknown: number;
                };
                otherwise: {
                    id: string;
                    application: string;
                    release: string;
                    from: string;
                    to: string;
                    requestedBy: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, in UTC.
                     * @example 2026-11-27T09:30:00.000Z
                     */
                    requestedAt: string;
                    isDryRun: boolean;
                    /** @enum {string} */
                    would: "refused" | "let-through" | "waiting" | "unknown";
                    then: {
                        /** @enum {string} */
                        kind: "let-through" | "refused" | "waiting" | "stopped" | "unknown";
                    } & {
                        [key: string]: unknown;
                    };
                    now: {
                        /** @enum {string} */
                        kind: "let-through" | "refused" | "waiting" | "stopped" | "unknown";
                    } & {
                        [key: string]: unknown;
                    };
                }[];
                unknown: {
                    id: string;
                    application: string;
                    release: string;
                    from: string;
                    to: string;
                    requestedBy: string;
                    /**
                     * Format: date-time
                     * @description ISO 8601, in UTC.
                     * @example 2026-11-27T09:30:00.000Z
                     */
                    requestedAt: string;
                    isDryRun: boolean;
                    /** @enum {string} */
                    would: "refused" | "let-through" | "waiting" | "unknown";
                    then: {
                        /** @enum {string} */
                        kind: "let-through" | "refused" | "waiting" | "stopped" | "unknown";
                    } & {
                        [key: string]: unknown;
                    };
                    now: {
                        /** @enum {string} */
                        kind: "let-through" | "refused" | "waiting" | "stopped" | "unknown";
                    } & {
                        [key: string]: unknown;
                    };
                }[];
            } | null;
        };
        RulesProposal: {
            /** @description A whole rules file. */
            text: string;
            application?: string;
            /** Format: date-time */
            since?: string;
        };
        Waiver: {
            id: string;
            application: string;
            finding: string;
            owner: string;
            reason: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            expiresAt: string;
            release: string | null;
            createdBy: string | null;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            createdAt: string | null;
            /** @enum {string} */
            state: "valid" | "expired" | "revoked";
            revoked: {
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                by: string;
                reason: string;
            } | null;
        };
        WaiverRequest: {
            application: string;
            finding: string;
            reason: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description Who answers for it. Default: you. */
            owner?: string;
            /** @description Only for this one. Default: for every release. */
            release?: string;
        };
        WaiverRevocation: {
            id: string;
            reason: string;
        };
        Hold: {
            application: string;
            environment: string;
            reason: string;
            heldBy: string;
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
        };
        HoldRequest: {
            /** @description `*`: every application. */
            application: string;
            environment: string;
            reason: string;
            /** Format: date-time */
            until?: string;
        };
        HeldPlace: {
            /** @description `*`: every application. */
            application: string;
            environment: string;
        };
        Freeze: {
            /** @description Of this one alone; several freezes of different places may share a name. */
            id: string;
            name: string;
            application: string;
            environment: string;
            reason: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            to: string;
            exceptHotfix: boolean;
            declaredBy: string;
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            declaredAt: string;
        };
        FreezeRequest: {
            /** @description By which it is lifted. */
            name: string;
            /** @description Default: every application. */
            application?: string;
            /** @description Default: every environment. */
            environment?: string;
            reason: string;
            /**
             * Format: date-time
             * @description Default: now.
             */
            from?: string;
            /** Format: date-time */
            to: string;
            /** @default true */
            exceptHotfix?: boolean;
        };
        FreezeName: {
            /** @description Its name or its id. */
            name: string;
        };
        PausedPlace: {
            application: string;
            environment: string;
        };
        AuditStatus: {
            /** @description Null while it is verified for the first time: ask again in a moment. */
            verified: {
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                at: string;
                holds: boolean;
                chains: number;
                entries: number;
                /** @description Chains that are gone because their time was over. */
                pruned: number;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                signedUpTo: string | null;
                findings: {
                    promotionId: string;
                    seq: number | null;
                    problem: string;
                }[];
            } | null;
        };
        /** @description An entry of the audit trail, with what it is about. */
        AuditEntry: {
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
            /** @description Whose chain it is in; null: that of administration. */
            promotion: string | null;
            /** @description `*`: every application. */
            application: string | null;
            /** @description The target; `*`: every environment. */
            environment: string | null;
            release: string | null;
        };
        AuditKey: {
            keyId: string;
            pem: string;
        };
        Compliance: {
            /**
             * Format: date-time
             * @description ISO 8601, in UTC.
             * @example 2026-11-27T09:30:00.000Z
             */
            at: string;
            by: string;
            scope: {
                application: string | null;
                environment: string | null;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                since: string | null;
                /**
                 * Format: date-time
                 * @description ISO 8601, in UTC.
                 * @example 2026-11-27T09:30:00.000Z
                 */
                until: string | null;
            };
            summary: {
                promotions: number;
                firstRequestedAt: string | null;
                lastRequestedAt: string | null;
                byOutcome: {
                    [key: string]: number;
                };
                byApplication: {
                    [key: string]: number;
                };
                approvals: {
                    [key: string]: number;
                };
                succeededWithoutApproval: number;
                overrides: {
                    [key: string]: number;
                };
                failedChecks: {
                    [key: string]: number;
                };
                errorsBySeverity: {
                    [key: string]: number;
                };
            };
            promotions: {
                id: string;
                application: string;
                release: string;
                from: string;
                to: string;
                requestedBy: string;
                reason: string | null;
                requestedAt: string;
                endedAt: string | null;
                outcome: string;
                approvedBy: string[];
                setAside: {
                    kind: string;
                    by: string;
                    reason: string;
                }[];
                failedChecks: string[];
                /** @description The hash of the last entry of its chain. */
                head: string;
            }[];
            isCut: boolean;
        };
        Pruned: {
            isRemoved: boolean;
            chains: {
                promotion: string;
                application: string;
                environment: string;
                entries: number;
            }[];
            /** @description As old, and still needed. */
            kept: number;
            logs: {
                promotions: number;
                lines: number;
            } | null;
        };
        PruneRequest: {
            /** @description Not less than the rules keep them. */
            chainsOlderThanDays?: number;
            logsOlderThanDays?: number;
            /** @default true */
            isDryRun?: boolean;
        };
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
    showPermissions: {
        parameters: {
            query?: {
                application?: string;
                environment?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says what your roles let you do, for an application in an environment or for all of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Permissions"];
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
    listRoles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists who has which role, bound here or listed in the rules, and which role may ask for what. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Roles"];
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
    bindRole: {
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
                "application/json": components["schemas"]["RoleToBind"];
            };
        };
        responses: {
            /** @description Gives somebody a role. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binding: components["schemas"]["RoleBinding"];
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
    unbindRole: {
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
                "application/json": components["schemas"]["RoleToUnbind"];
            };
        };
        responses: {
            /** @description Takes a role back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        binding: components["schemas"]["RoleBinding"];
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
    showMatrix: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                /** @description Only applications with this in their names. */
                search?: string;
                /** @description Only these applications. */
                application?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says what runs where and what is on its way, a row for each application, by their names. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Matrix"];
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
    showPipeline: {
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
            /** @description Shows the way of an application’s releases: what runs in each environment, what may move, and what moves. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pipeline"];
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
    showInbox: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists what waits for you: approvals that would count, items that you may tick, rollbacks that need a person. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
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
    listPlaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Names the applications, and the environments of each along their paths, of which something is remembered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Places"];
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
                /** @description Whether to tell their steps as well. */
                steps?: "true" | "false";
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
                        items: components["schemas"]["PromotionSummary"][];
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
    showPlan: {
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
            /** @description Shows what exactly a promotion will do or did, by which it is approved; null while there is no plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        plan: components["schemas"]["Plan"] | null;
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
    showPlanSince: {
        parameters: {
            query: {
                /** @description Of the plan that somebody was shown. */
                hash: string;
            };
            header?: never;
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows an earlier plan of a promotion beside the one that it has now, and says what has changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanSince"];
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
    showReport: {
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
            /** @description Shows what happened to a promotion so far: its checks with thresholds and evidence, errors, waits and times. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromotionReport"];
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
    showCanary: {
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
            /** @description Shows how a canary does beside what it follows, look by look; null for a promotion without one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        canary: components["schemas"]["CanaryCourse"] | null;
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
    showMigrationProgress: {
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
            /** @description Says how far the migrations of a promotion have come, by statement. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationProgress"];
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
    listOpenItems: {
        parameters: {
            query?: {
                application?: string;
                environment?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists what is to be done after promotions and was not yet, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openItems: components["schemas"]["OpenItem"][];
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
    closeItem: {
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
                "application/json": components["schemas"]["ClosedItem"];
            };
        };
        responses: {
            /** @description Says that something that was left to do after a promotion is done, and how. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        item: components["schemas"]["OpenItem"];
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
    previewRollback: {
        parameters: {
            query?: {
                /** @description The release to return to. Default: the newest verified one. */
                release?: string;
                /** @description The same by its revision. */
                number?: number;
                acceptsDataLoss?: "true" | "false";
                restoresDatabase?: "true" | "false";
                undoesMigrations?: "true" | "false";
            };
            header?: never;
            path: {
                promotion: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says what a rollback would do, lose and not be able to undo, before anything runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RollbackPreview"];
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
            /** @description The rules ask for more, or: It cannot be done as things are */
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
    rollBack: {
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
                "application/json": components["schemas"]["RollbackRequest"];
            };
        };
        responses: {
            /** @description Takes a promotion back. One that still runs turns round; one that has ended is undone by a promotion of its own. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The promotion that does it.
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
    confirmRollback: {
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
                "application/json": components["schemas"]["RollbackConfirmation"];
            };
        };
        responses: {
            /** @description Takes your word that a promotion was taken back by hand; what runs is then verified. */
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
    listRevisions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists everything that ran in an environment, newest first, each with whether it can be returned to. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description What a rollback would take back; null: nothing. */
                        newestPromotion: string | null;
                        revisions: components["schemas"]["Revision"][];
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
    comparePromotions: {
        parameters: {
            query: {
                one: string;
                other: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows two promotions beside each other: what each was to do, did, met and took. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        one: components["schemas"]["ComparedPromotion"];
                        other: components["schemas"]["ComparedPromotion"];
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
    listChanges: {
        parameters: {
            query: {
                application?: string;
                environment?: string;
                limit?: number;
                /** @description After it. */
                since: string;
                /** @description By then. Default: now. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says what changed in a time, newest first, over all applications unless one is named. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangesSince"];
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
    showStateAt: {
        parameters: {
            query: {
                application?: string;
                environment?: string;
                limit?: number;
                at: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says what was not as it is now at a moment, and what was on its way then. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StateAt"];
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
    showStatistics: {
        parameters: {
            query?: {
                application?: string;
                environment?: string;
                /** @description Default: as long ago as the rules keep metrics. */
                since?: string;
                /** @description How many applications and environments are told at most, those with most movement first. */
                places?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts how promotions went: outcomes, durations, lead times, and what kept them from going on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statistics"];
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
    showTrend: {
        parameters: {
            query?: {
                application?: string;
                environment?: string;
                /** @description Default: as long ago as the rules keep metrics. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts how promotions went, part by part of a time, by when they were asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trend"];
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
    createRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReleaseToCreate"];
            };
        };
        responses: {
            /** @description Stores a release, which never changes from then on; the same content under the same name is the same release. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["ReleaseSummary"];
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
    listBadReleases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists releases of every application that are marked bad and so never promoted, the newest mark first. */
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
    assembleRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssemblyRequest"];
            };
        };
        responses: {
            /** @description Makes a release of the newest images whose tags match, one for every service, and only when none is missing. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Assembly"];
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
            /** @description The rules cannot be used, or: The server cannot answer now */
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
    showRelease: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
                release: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows a release: its images, migrations, flags and values, what is known about it, and where it runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleaseDetail"];
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
    judgeRelease: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                application: string;
                release: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Judgement"];
            };
        };
        responses: {
            /** @description Marks a release bad, so that it is never promoted until it is unmarked, or takes that back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        release: components["schemas"]["ReleaseSummary"];
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
    addEvidence: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                application: string;
                release: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvidenceSubmission"];
            };
        };
        responses: {
            /** @description Reads a tool’s own report and records its facts about a release; the same report again changes nothing. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AddedEvidence"];
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
    locateSource: {
        parameters: {
            query: {
                /** @description A commit by the beginning of its id, `#12`, or a ticket. */
                change: string;
                application?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says in which environments a commit runs, a change request or a ticket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceLocations"];
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
    inspectEnvironment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says how an application does in an environment now, found out there and not remembered. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentReport"];
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
    adoptRunning: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                application: string;
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdoptionRequest"];
            };
        };
        responses: {
            /** @description Records what runs in an environment, read from the environment itself, as its verified baseline. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adoption"];
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
            /** @description The rules cannot be used, or: The server cannot answer now */
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
    testEnvironment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same body answers the same for a day, however often it is sent; with another body it is refused. */
                "idempotency-key"?: string;
            };
            path: {
                application: string;
                environment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnvironmentTestRequest"];
            };
        };
        responses: {
            /** @description Tests an environment by what the rules say of it, the team’s own tests among it; answers when all are done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentTests"];
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
            /** @description The rules cannot be used, or: The server cannot answer now */
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
    compareEnvironments: {
        parameters: {
            query?: {
                application?: string;
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows two environments beside each other, how ready what runs in the first one is for the second, and what promoting it would change. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnvironmentComparison"];
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
            /** @description The rules ask for more, or: It cannot be done as things are */
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
    listConfigurationHistory: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                application: string;
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists who changed the values of an environment, when, with which promotion, and what; secrets are masked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationHistory"];
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
    showConfigurationDiff: {
        parameters: {
            query?: {
                /** @description A commit or a promotion. Default: what the newest change was made on. */
                from?: string;
                /** @description Likewise. Default: the newest. */
                to?: string;
                /** @description Another environment, in place of `from`. */
                against?: string;
            };
            header?: never;
            path: {
                application: string;
                environment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows what differs between two versions of an environment’s values, or between two environments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDiff"];
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
    showRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Shows the paths of the rules that hold now, with what each demands and where that is said. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rules"];
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
            /** @description The rules cannot be used, or: The server cannot answer now */
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
    explainRules: {
        parameters: {
            query: {
                to: string;
                from?: string;
                application?: string;
                /** @description Default: now. */
                at?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says in words what a path demands, and whether the rules have it open at a moment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesExplanation"];
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
            /** @description The rules ask for more, or: It cannot be done as things are */
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
            /** @description The rules cannot be used, or: The server cannot answer now */
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
    proposeRules: {
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
                "application/json": components["schemas"]["RulesProposal"];
            };
        };
        responses: {
            /** @description Says what other rules would have decided about the promotions that are stored; nothing is changed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JudgedProposal"];
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
    listWaivers: {
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
            /** @description Lists findings that were set aside, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waivers: components["schemas"]["Waiver"][];
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
    waiveFinding: {
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
                "application/json": components["schemas"]["WaiverRequest"];
            };
        };
        responses: {
            /** @description Sets one finding aside until a moment. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waiver: components["schemas"]["Waiver"];
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
    revokeWaiver: {
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
                "application/json": components["schemas"]["WaiverRevocation"];
            };
        };
        responses: {
            /** @description Ends a waiver before its time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        waiver: components["schemas"]["Waiver"];
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
    holdEnvironment: {
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
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            /** @description Pins an environment to its release until it is released, or until a time. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        hold: components["schemas"]["Hold"];
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
    releaseEnvironment: {
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
                "application/json": components["schemas"]["HeldPlace"];
            };
        };
        responses: {
            /** @description Lets promotions into an environment again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        application: string;
                        environment: string;
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
    listFreezes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists the freezes that people declared and that are not over, by their beginning. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        freezes: components["schemas"]["Freeze"][];
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
    declareFreeze: {
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
                "application/json": components["schemas"]["FreezeRequest"];
            };
        };
        responses: {
            /** @description Declares a span in which nothing moves. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        freeze: components["schemas"]["Freeze"];
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
    liftFreeze: {
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
                "application/json": components["schemas"]["FreezeName"];
            };
        };
        responses: {
            /** @description Ends a declared freeze before its time. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        freeze: components["schemas"]["Freeze"];
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
    resumeAutoPromotion: {
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
                "application/json": components["schemas"]["PausedPlace"];
            };
        };
        responses: {
            /** @description Lets verified releases move on by themselves again after a rollback. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        application: string;
                        environment: string;
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
    showAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says whether the audit trail holds: every chain, against what was signed about it outside the database. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditStatus"];
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
    listAuditEntries: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description The `next` of the page before. */
                cursor?: string;
                application?: string;
                /** @description The target, by name or alias. */
                environment?: string;
                /** @description Whoever did it, had it done, or spoke for somebody else in it. */
                by?: string;
                type?: string[];
                /** @description At it or later. */
                since?: string;
                /** @description Before it. */
                until?: string;
                /** @description `true`: only what people did, and not the engine by itself. */
                people?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists entries of the audit trail over all chains, newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditEntry"][];
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
    showAuditKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gives the public key that signatures of this installation are checked with, to be kept elsewhere. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditKey"];
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
    showCompliance: {
        parameters: {
            query?: {
                application?: string;
                /** @description The target, by name or alias. */
                environment?: string;
                /** @description Promotions that had not ended by then. */
                since?: string;
                /** @description Promotions that had been asked for by then. */
                until?: string;
                /** @description How many promotions at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reports for an auditor how promotions were decided: who asked, who approved, what was set aside, how each ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Compliance"];
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
    pruneAudit: {
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
                "application/json": components["schemas"]["PruneRequest"];
            };
        };
        responses: {
            /** @description Removes promotions that ended long ago with their whole chains, behind a signed checkpoint, or the lines of their steps; with `isDryRun` says what it would. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pruned"];
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
}
