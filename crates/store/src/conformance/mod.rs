//! What every database must do alike. Owns the cases; each takes a fresh store and panics when it disappoints.
//!
//! A driver's test file calls [`conformance_suite!`](crate::conformance_suite) with the name of an async function that
//! makes a [`FreshStore`](crate::testing::FreshStore): every case becomes a test of its own.

#![expect(
    clippy::unwrap_used,
    missing_docs,
    reason = "these are tests: they may panic, and their names say what they prove"
)]

pub mod attempts;
pub mod closing;
pub mod connections;
mod given;
pub mod holding;
pub mod races;
pub mod revocations;
pub mod sessions;
pub mod settling;
pub mod sweeping;

/// Makes a `#[tokio::test]` of every case, with the fresh stores of `$fresh`.
#[macro_export]
macro_rules! conformance_suite {
    ($fresh:ident) => {
        $crate::conformance_suite!(@cases $fresh sessions:
            creates_a_session_and_finds_it_by_its_token
            finds_no_session_that_expired_was_idle_or_ended
            notes_that_a_session_was_seen_once_a_minute
            refuses_a_second_session_of_the_same_id_or_token
        );
        $crate::conformance_suite!(@cases $fresh attempts:
            claims_an_attempt_once
            a_foreign_or_unknown_session_does_not_consume_an_attempt
            an_expired_attempt_cannot_be_claimed
            a_used_state_is_replayed_even_when_it_has_expired
            an_unknown_state_is_unknown
            shows_an_attempt_to_its_session_alone
            finds_the_latest_attempt_of_a_session
            notes_why_an_attempt_failed
            refuses_a_second_attempt_of_the_same_id_or_state
        );
        $crate::conformance_suite!(@cases $fresh holding:
            holds_a_token_until_it_is_confirmed
            a_declined_token_is_revoked
            declining_spares_a_token_that_a_connection_uses
            declining_spares_a_token_that_another_attempt_holds
            an_attempt_that_holds_a_token_cannot_just_fail
            holding_calls_off_a_waiting_revocation
            holding_gives_way_to_a_revocation_under_way
            settles_what_was_held
            settling_refuses_another_token_than_the_one_held
            settling_refuses_a_question_that_has_expired
        );
        $crate::conformance_suite!(@cases $fresh settling:
            connects_with_everything_it_was_given
            connecting_again_keeps_the_connection_and_says_what_it_was
            another_token_retires_the_former
            replacing_closes_the_other_connection_and_retires_its_token
            replacing_leaves_alone_what_the_session_had_no_right_to
            replacing_leaves_alone_another_till
            replacing_the_same_connection_is_connecting_again
            a_failed_settlement_leaves_nothing
            settling_twice_is_a_conflict
            settling_calls_off_a_waiting_revocation
            settling_gives_way_to_a_revocation_under_way
            settling_survives_the_end_of_its_session
            ids_of_hubrise_are_case_sensitive
            a_nul_in_a_name_from_outside_is_replaced
        );
        $crate::conformance_suite!(@cases $fresh connections:
            a_connection_is_shown_to_sessions_with_a_grant_alone
            a_grant_that_ran_out_shows_nothing
            connecting_again_renews_the_grant
            finds_the_connection_of_a_till_granted_last
            an_open_connection_is_found_by_its_key_alone
            choosing_completes_a_connection
            choosing_refuses_a_version_that_is_not_the_last
            choosing_refuses_a_closed_connection
            ids_with_a_nul_name_nothing
        );
        $crate::conformance_suite!(@cases $fresh closing:
            closing_moves_the_token_to_a_revocation_leased_to_the_caller
            closing_again_does_nothing
            closing_needs_a_grant_that_lasts
            closing_spares_a_token_that_another_till_uses
            a_closed_connection_can_be_connected_anew
        );
        $crate::conformance_suite!(@cases $fresh revocations:
            leases_what_is_due_and_nothing_else
            a_lease_ends_by_itself
            a_failure_ends_the_lease_and_is_counted
            a_revocation_done_is_forgotten
            says_whether_a_session_waits_for_a_revocation
            leases_the_longest_due_first_up_to_the_limit
        );
        $crate::conformance_suite!(@cases $fresh sweeping:
            sweeps_sessions_past_their_end
            sweeps_attempts_a_day_old
            sweeps_grants_that_ran_out
            an_unanswered_question_retires_its_token
            an_unanswered_question_spares_a_token_in_use
            sweeps_in_steps
        );
        $crate::conformance_suite!(@cases $fresh races:
            one_of_a_hundred_claims_wins
            settlements_for_the_same_location_make_one_connection
            settlements_that_replace_each_other_leave_no_token_behind
            closings_of_tills_that_share_a_token_retire_it_once
            one_of_many_choices_wins
            one_of_many_closings_wins
            no_revocation_is_leased_twice
            declining_and_settling_cannot_both_succeed
            a_settlement_given_up_midway_is_done_wholly_or_not_at_all
        );

        #[tokio::test]
        async fn answers_a_ping() {
            let fresh = $fresh().await;
            assert!(fresh.store().ping().await.is_ok());
        }

        #[tokio::test]
        async fn says_it_is_unavailable_once_closed() {
            let fresh = $fresh().await;
            fresh.store().close().await;
            let error = fresh.store().ping().await.err();
            assert!(matches!(error, Some($crate::StoreError::Unavailable(_))), "{error:?}");
        }

        #[tokio::test(flavor = "multi_thread")]
        async fn several_processes_may_open_it_at_once_and_again() {
            let fresh = $fresh().await;
            let opened = futures_util::future::join_all(
                (0..4).map(|_| $crate::open(fresh.url(), $crate::OpenOptions::default())),
            );
            for store in opened.await {
                assert!(store.is_ok(), "{:?}", store.err());
            }
        }
    };
    (@cases $fresh:ident $module:ident: $($case:ident)+) => {
        mod $module {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $case() {
                    let fresh = super::$fresh().await;
                    $crate::conformance::$module::$case(fresh.store()).await;
                }
            )+
        }
    };
}

#[cfg(test)]
mod tests {
    /// A case that is written but not listed would never run.
    #[test]
    fn every_case_is_listed() {
        let suite = include_str!("mod.rs");
        let modules = [
            include_str!("attempts.rs"),
            include_str!("closing.rs"),
            include_str!("connections.rs"),
            include_str!("holding.rs"),
            include_str!("races.rs"),
            include_str!("revocations.rs"),
            include_str!("sessions.rs"),
            include_str!("settling.rs"),
            include_str!("sweeping.rs"),
        ];
        let cases: Vec<_> = modules
            .iter()
            .flat_map(|text| text.split("pub async fn ").skip(1))
            .filter_map(|text| text.split('(').next())
            .collect();
        assert!(cases.len() > 60, "{}", cases.len());
        for case in cases {
            assert!(suite.lines().any(|line| line.trim() == case), "`{case}` is not listed");
        }
    }
}
