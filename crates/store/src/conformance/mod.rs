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
pub mod changes;
pub mod closing;
pub mod connections;
pub mod counting;
pub mod delivering;
pub mod desk;
pub mod embedding;
pub mod erasing;
pub mod finding;
mod given;
pub mod holding;
pub mod identities;
pub mod keys;
pub mod locks;
pub mod marking;
mod orders;
pub mod paging;
pub mod people;
pub mod races;
pub mod reading;
pub mod receiving;
pub mod registrations;
pub mod requests;
pub mod resending;
pub mod revocations;
pub mod rights;
pub mod searching;
pub mod sessions;
pub mod settings;
pub mod settling;
pub mod sharing;
pub mod stock_keys;
pub mod stock_reports;
pub mod stock_turns;
pub mod stopping;
pub mod sweeping;
pub mod trying;
pub mod views;
pub mod watching;

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
        $crate::conformance_suite!(@cases $fresh embedding:
            a_token_begins_one_session
            who_signed_in_with_hubrise_is_not_embedded
            what_a_user_connects_is_the_merchants
            another_merchants_users_tills_and_vendors_see_nothing
            a_grant_ends_with_the_session_that_has_it
            a_session_goes_on_with_a_new_token_of_the_same_claims
            a_code_is_exchanged_once_and_in_time
            what_support_connects_on_a_merchants_request_is_the_merchants
            an_attempt_goes_on_in_one_window
            a_window_that_comes_too_late_opens_nothing
            used_tokens_are_forgotten_when_they_are_void
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
            says_whether_hubrise_could_not_be_told
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
        $crate::conformance_suite!(@cases $fresh changes:
            tells_every_change_once
            tells_when_requests_change
            clocks_that_differ_hide_no_change
            many_changes_at_once_are_all_told
        );
        $crate::conformance_suite!(@cases $fresh desk:
            lists_a_vendors_connections_by_name_the_latest_first
            searches_names_and_ids_whatever_their_case
            long_names_are_searched_as_far_as_they_are_kept
            filters_by_health
            pages_follow_each_other_without_gap_or_repetition
            says_which_lines_the_session_may_open
            an_empty_desk_is_empty
        );
        $crate::conformance_suite!(@cases $fresh identities:
            claims_an_identity_run_once
            an_identity_run_is_its_sessions_alone
            refuses_a_second_identity_run_of_the_same_id_or_state
            an_identity_run_is_forgotten_after_a_day
        );
        $crate::conformance_suite!(@cases $fresh keys:
            a_session_waits_longer_after_each_wrong_key_from_the_fifth_on
            a_right_key_wipes_out_the_sessions_wrong_ones
            a_till_takes_sixty_wrong_keys_an_hour_from_whomever
            trying_many_keys_at_once_gains_nothing
            wrong_keys_are_forgotten_after_a_day
        );
        $crate::conformance_suite!(@cases $fresh locks:
            closing_with_a_lock_says_so_to_those_who_could_see_it
            a_lock_follows_the_session_that_signs_in
            closing_without_a_lock_leaves_none
            a_locked_till_is_not_connected_and_the_token_is_put_away
            a_locked_till_refuses_what_was_held
            a_lock_spares_other_accounts_tills_and_vendors
            support_releases_a_lock_once_and_it_is_noted
            a_token_that_cannot_be_used_is_put_away
        );
        $crate::conformance_suite!(@cases $fresh people:
            signing_in_names_the_user_and_keeps_the_sessions_id
            signing_in_kills_the_former_cookie_at_once
            signing_in_needs_a_session_and_a_cookie_of_its_own
            signing_in_again_is_the_same_user_with_what_is_new
            a_user_belongs_to_one_vendor
            signing_in_takes_the_sessions_grants_along
            signing_in_at_one_vendor_leaves_the_grants_of_another
            grants_that_meet_never_make_more_than_either
            another_user_of_the_session_inherits_nothing
            lists_and_ends_a_users_sessions_and_no_one_elses
            knows_a_connection_whose_grant_has_run_out
            a_session_without_a_user_knows_nothing_once_its_grant_ran_out
        );
        $crate::conformance_suite!(@cases $fresh requests:
            a_request_waits_in_the_vendors_queue
            a_request_is_nobody_elses
            a_second_request_takes_the_place_of_the_first
            a_request_is_withdrawn_by_its_user_and_forgotten
            a_declined_request_says_why_for_ninety_days
            connecting_on_a_request_lets_its_user_alone_view
            a_request_that_no_longer_waits_gives_no_right
            a_request_ends_with_the_connection_it_led_to
        );
        $crate::conformance_suite!(@cases $fresh rights:
            a_grant_is_given_for_a_time_and_noted
            support_proves_its_access_with_a_grant
            a_right_to_view_changes_nothing
            strangers_close_choose_and_configure_nothing
            the_audit_says_who_did_what
            every_change_is_noted_once
            a_dead_connection_is_closed_without_a_revocation
            finds_the_connections_of_an_installation
            a_users_run_out_grant_is_remembered_for_ninety_days
        );
        $crate::conformance_suite!(@cases $fresh watching:
            notes_how_calls_fare
            every_health_is_kept
            connecting_again_forgets_what_was_known_of_the_former_token
            failing_connections_are_leased_to_one_replica
            replicas_at_once_never_lease_the_same_connection
            keeps_the_latest_orders_time
            keeps_the_locations_time_zone
            one_of_many_may_check_permissions
            keeps_what_checks_found_by_resource
        );
        $crate::conformance_suite!(@cases $fresh delivering:
            orders_are_sent_in_the_order_they_came
            an_order_that_waits_holds_back_those_behind_it_and_nobody_elses
            two_claimers_never_share_a_lane
            leases_the_longest_due_first_up_to_the_limit
            a_lease_ends_by_itself
            what_is_no_lease_begins_nothing
            a_clock_set_back_holds_nothing_up
            the_event_of_a_call_of_ours_is_its_answer
            all_kinds_of_steps_at_once_send_nothing_twice
        );
        $crate::conformance_suite!(@cases $fresh paging:
            pages_go_both_ways_without_gap_or_repetition
            a_page_begins_at_a_time
            filters_by_all_there_is
            a_look_that_finds_little_ends_and_says_how_far_it_came
            what_needs_somebody_is_found_however_far_back
            what_is_no_new_order_is_found_however_far_back
            a_clock_set_back_hides_nothing
            a_log_is_a_tills_own_and_that_of_its_former_connections
        );
        $crate::conformance_suite!(@cases $fresh finding:
            finds_by_the_beginning_of_every_kind_of_word
            an_orders_own_id_finds_all_that_was_told_of_it
            finds_the_words_of_a_failure_whatever_their_case
            odd_words_find_what_they_say_and_nothing_else
            what_many_have_is_found_newest_first_in_pages
            finding_obeys_filters_and_pages
            words_go_with_their_operation
        );
        $crate::conformance_suite!(@cases $fresh searching:
            finds_texts_in_requests_answers_and_addresses
            bytes_that_are_no_text_are_searched_too
            the_newest_that_match_come_first_each_once_in_pages
            a_search_goes_in_steps_and_says_how_far_it_came
        );
        $crate::conformance_suite!(@cases $fresh counting:
            orders_are_tallied_by_quarters_of_an_hour
            failures_are_grouped_the_largest_group_first
            channels_are_those_orders_came_by
        );
        $crate::conformance_suite!(@cases $fresh reading:
            lists_the_newest_first_in_pages
            connecting_again_shows_what_was
            counts_how_the_last_day_stands
            keeps_every_exchange_whole
            notes_calls_of_a_connection_and_of_its_operations
            a_call_noted_by_many_at_once_is_kept_once
            forgets_what_is_old_and_over
            forgets_in_steps
        );
        $crate::conformance_suite!(@cases $fresh receiving:
            keeps_an_operation_with_its_event_and_call
            every_kind_and_state_is_kept
            the_same_event_is_kept_once
            the_same_event_a_hundred_times_at_once_is_kept_once
            a_connection_that_is_not_open_keeps_nothing
            an_order_brought_twice_is_sent_once
            texts_from_outside_are_cut_and_kept
            batches_at_once_that_name_the_same_things_are_all_kept
        );
        $crate::conformance_suite!(@cases $fresh registrations:
            a_new_connection_is_looked_at_at_once_and_then_when_due
            no_registration_is_leased_twice
            a_callback_is_looked_at_on_request
            a_clock_set_back_puts_off_no_look
            connecting_again_looks_again_and_closing_forgets
            counts_refused_calls_until_a_good_one_comes
            a_look_that_ends_leaves_what_was_heard
        );
        $crate::conformance_suite!(@cases $fresh trying:
            the_end_of_a_try_is_kept_with_what_was_said
            ending_a_try_again_is_ending_it_once
            a_try_given_up_for_dead_counts_after_all
            the_end_of_a_try_whose_lease_is_over_changes_nothing
            an_operation_may_end_without_a_try
            hubrise_is_told_until_it_has_heard
            what_hubrise_answers_is_kept_beside_the_event_it_repeats
            telling_is_one_servers_at_a_time
            a_clock_set_back_holds_no_telling_up
        );
        $crate::conformance_suite!(@cases $fresh settings:
            a_tills_settings_keep_their_token_until_another_comes
            of_two_who_change_settings_the_second_is_told
        );
        $crate::conformance_suite!(@cases $fresh stock_keys:
            a_key_is_found_by_its_hash_until_it_is_revoked
            that_a_key_was_used_is_noted_once_a_minute
            a_till_has_twenty_keys_that_work_at_most
            a_key_is_shown_and_revoked_at_its_own_till_alone
        );
        $crate::conformance_suite!(@cases $fresh stock_reports:
            a_whole_state_takes_the_place_of_the_former
            a_part_changes_what_it_names
            an_older_state_changes_nothing
            of_states_at_once_the_newest_stands
            a_call_with_the_same_key_is_answered_the_same
            more_entries_than_allowed_are_refused
            tills_do_not_share_their_stock
            the_last_value_of_an_hour_is_history
            history_and_keys_are_forgotten_in_time
            a_catalog_is_kept_until_another_is_or_it_has_changed
        );
        $crate::conformance_suite!(@cases $fresh stock_turns:
            changes_are_gathered_into_one_turn
            a_turn_is_one_servers_until_its_lease_ends
            what_was_taken_is_held_and_nothing_is_left_to_do
            what_changes_during_a_turn_has_another
            what_a_dead_server_was_sending_stays_in_doubt
            a_lost_lease_changes_nothing_but_keeps_what_was_said
            calls_are_counted_in_windows_that_outlive_the_server
            nothing_begins_for_another_catalog
            what_others_changed_is_theirs_since_it_was_seen
            a_look_is_due_once_something_is_known
            switched_off_nothing_waits
            switched_on_the_latest_state_is_due
            a_synchronisation_is_one_run
            a_whole_state_is_unknown_while_it_is_sent
            a_send_that_failed_is_tried_again_in_the_same_operation
            a_closed_connections_lane_goes
            orders_do_not_wait_for_stock
        );
        $crate::conformance_suite!(@cases $fresh stopping:
            a_cancellation_withdraws_what_is_not_sent
            a_cancellation_may_come_before_the_order
            a_cancellation_flags_what_may_have_been_printed
            an_order_cancelled_while_it_is_tried_is_not_tried_again
            other_news_of_an_order_changes_nothing
            a_cancelled_order_that_may_have_been_printed_is_held
            that_it_may_have_been_printed_is_never_forgotten
            a_withdrawn_order_is_passed_over
            closing_ends_what_was_queued
            closing_lets_a_try_under_way_end
        );
        $crate::conformance_suite!(@cases $fresh resending:
            an_order_that_was_over_is_sent_again
            a_withdrawn_order_can_be_sent_after_all
            what_a_person_wrote_is_sent_in_its_place
            only_what_was_seen_and_is_over_can_be_sent_again
            nothing_is_sent_again_through_a_connection_that_is_over
            of_two_who_press_at_once_one_is_told
            its_version_grows_though_the_clock_goes_back
            it_takes_its_place_before_those_that_came_later
            closing_ends_what_was_to_be_sent_again
        );
        $crate::conformance_suite!(@cases $fresh marking:
            an_operation_is_marked_as_handled_with_a_note
            what_is_noted_is_read_in_its_order
            names_are_shown_to_who_asked_for_a_day
            acts_are_read_by_place_and_go_with_their_operation
        );
        $crate::conformance_suite!(@cases $fresh sharing:
            a_link_leads_to_its_page_until_it_runs_out
            every_opening_is_counted
            a_link_is_ended_once_and_its_page_is_gone
            only_what_is_there_is_shared
            links_are_read_by_place_and_go_with_their_operation
            a_link_is_forgotten_a_week_after_it_ran_out
        );
        $crate::conformance_suite!(@cases $fresh views:
            a_view_is_its_holders_at_one_vendor
            one_of_the_same_name_is_replaced
            fifty_are_kept
            signing_in_takes_the_sessions_views_along
            a_sessions_views_end_with_it
        );
        $crate::conformance_suite!(@cases $fresh erasing:
            an_erasure_begins_with_its_event
            who_dies_over_an_erasure_leaves_it_to_the_next
            erasures_are_leased_to_one_the_longest_due_first
            finds_all_of_a_customer_at_that_place_and_no_one_elses
            nothing_of_the_customer_is_left
            a_request_that_was_sent_says_who_wrote_it_after_it_is_forgotten
            what_was_said_of_an_operation_is_retold
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
            all_kinds_of_work_at_once_wait_for_each_other_and_end
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
            include_str!("changes.rs"),
            include_str!("closing.rs"),
            include_str!("connections.rs"),
            include_str!("desk.rs"),
            include_str!("erasing.rs"),
            include_str!("marking.rs"),
            include_str!("resending.rs"),
            include_str!("sharing.rs"),
            include_str!("views.rs"),
            include_str!("holding.rs"),
            include_str!("identities.rs"),
            include_str!("keys.rs"),
            include_str!("locks.rs"),
            include_str!("people.rs"),
            include_str!("races.rs"),
            include_str!("requests.rs"),
            include_str!("revocations.rs"),
            include_str!("rights.rs"),
            include_str!("sessions.rs"),
            include_str!("settling.rs"),
            include_str!("sweeping.rs"),
            include_str!("delivering.rs"),
            include_str!("reading.rs"),
            include_str!("paging.rs"),
            include_str!("finding.rs"),
            include_str!("searching.rs"),
            include_str!("counting.rs"),
            include_str!("receiving.rs"),
            include_str!("registrations.rs"),
            include_str!("trying.rs"),
            include_str!("settings.rs"),
            include_str!("stopping.rs"),
            include_str!("watching.rs"),
        ];
        let cases: Vec<_> = modules
            .iter()
            .flat_map(|text| text.split("pub async fn ").skip(1))
            .filter_map(|text| text.split('(').next())
            .collect();
        assert!(cases.len() > 150, "{}", cases.len());
        for case in cases {
            assert!(suite.lines().any(|line| line.trim() == case), "`{case}` is not listed");
        }
    }
}
