using System.Reflection;

namespace Followthrough.Tests.Ingest.Faults;

/// <summary>
/// What is known to arrive at a system like this one, and the test that shows what becomes of it. The numbers are those of the catalogue of bad
/// inputs: files and text 1 to 18, values 19 to 37, JSON, HTTP and webhooks 38 to 50, streams 51 to 61.
/// </summary>
public sealed class BadInputTests
{
    private static readonly (int Case, string What, string Test)[] Table =
    [
        (1, "empty file", "CsvFileTests.A_file_without_rows_is_loaded_as_a_batch_of_none"),
        (2, "header only", "CsvFileTests.A_file_without_rows_is_loaded_as_a_batch_of_none"),
        (3, "byte-order mark", "CsvFileTests.A_byte_order_mark_is_honoured"),
        (4, "UTF-16, Latin-1", "CsvFileTests.Utf_16_without_a_byte_order_mark_is_refused"),
        (4, "declared encoding", "PackedFileTests.A_declared_encoding_is_honoured"),
        (5, "byte that is no UTF-8", "CsvFileTests.A_latin_1_byte_rejects_its_row_alone"),
        (6, "NUL", "CsvFileTests.A_nul_byte_rejects_its_row_alone"),
        (7, "quote never closed", "CsvFileTests.A_quote_that_is_never_closed_costs_what_follows_it_and_says_so"),
        (8, "field without end, CSV", "CsvFileTests.A_record_longer_than_anybody_writes_refuses_the_file_before_it_fills_the_memory"),
        (8, "line without end, JSON lines", "LongLineTests.A_line_of_a_hundred_megabytes_refuses_the_file_before_it_fills_the_memory"),
        (9, "too few or too many fields", "CsvFileTests.A_misshapen_row_is_rejected_and_kept_as_it_was"),
        (10, "line ends inside fields and mixed", "CsvFileTests.Lines_are_counted_over_quoted_line_ends"),
        (10, "the same, as another reader has it", "CsvDifferentialTests.Fields_are_those_that_python_reads"),
        (11, "double, unknown, reordered columns", "CsvFileTests.A_wrong_header_refuses_the_file_with_rows_and_without"),
        (11, "reordered columns", "CsvFileTests.Columns_may_come_in_any_order"),
        (12, "file that unpacks without end", "PackedFileTests.A_file_that_unpacks_to_hundreds_of_times_its_size_is_stopped"),
        (13, "truncated gzip", "PackedFileTests.A_truncated_gzip_leaves_nothing_behind"),
        (14, "file that changes while it is read", "KeptFilesTests.A_file_that_is_not_what_it_was_when_the_copy_began_is_refused"),
        (14, "file that still grows", "WatchTests.A_file_is_taken_once_it_stands_still_and_a_report_lies_beside_it"),
        (15, "same file twice", "RepeatedLoadTests.The_same_file_again_is_already_loaded_and_changes_nothing"),
        (15, "same content, other name", "RepeatedLoadTests.The_same_content_under_another_name_is_already_loaded"),
        (16, "same name, other content", "RepeatedLoadTests.Other_content_under_the_same_name_is_a_new_batch"),
        (17, "links, pipes, devices", "WatchTests.Links_pipes_and_folders_are_left_alone_and_never_opened"),
        (17, "path that leads out of a zip", "PackedFileTests.A_zip_holds_one_file_and_its_inner_path_goes_nowhere"),
        (18, "very many small files", "WatchTests.Hundreds_of_small_files_leave_no_file_open"),
        (19, "amounts as people write them", "RejectedValueTests.An_amount_is_rejected"),
        (19, "amounts in a declared notation", "ValueReadingTests.What_is_no_such_number_is_refused"),
        (20, "exact decimals", "RejectedValueTests.An_amount_is_read_exactly"),
        (20, "half rounds away from zero", "ValueReadingTests.Half_a_second_is_one"),
        (22, "several currencies", "TieOutTests.Currencies_are_never_added_up"),
        (23, "negative amounts and refunds", "PublicSetsTests.Online_retail_gives_the_published_revenue_customers_and_invoices"),
        (24, "number too large for its column", "RejectedValueTests.A_whole_number_is_rejected"),
        (25, "days and times that do not exist", "RejectedValueTests.An_instant_is_rejected"),
        (25, "days that do not exist", "RejectedValueTests.A_day_that_does_not_exist_and_a_far_one_are_rejected"),
        (26, "offset of two digits", "RejectedValueTests.An_instant_is_read"),
        (27, "time without an offset", "RejectedValueTests.An_instant_is_rejected"),
        (28, "skipped and repeated hours", "ValueReadingTests.An_instant_is_read_as_the_source_writes_it"),
        (29, "far future and past", "RejectedValueTests.An_instant_is_rejected"),
        (30, "closed before it was opened", "VendorTests.Salesforce_gives_its_objects_and_keeps_the_fourteen_impossible_cases_out"),
        (32, "blanks, accents in two forms", "KeyTests.Blanks_around_a_key_and_the_form_of_its_accents_make_no_difference"),
        (32, "case", "KeyTests.Keys_that_differ_in_case_are_two"),
        (33, "four-byte characters", "FactsApiTests.What_is_hostile_is_stored_as_it_is"),
        (33, "half a character", "JsonLinesFileTests.A_bad_line_is_rejected_and_its_neighbours_go_in"),
        (33, "half a character in a name or an attribute", "BodyFuzzTests.Messages_of_a_stream_become_rows_or_poison_with_a_reason"),
        (34, "formulas", "KeyTests.Any_text_is_stored_as_it_is"),
        (34, "formulas on the way out", "AnswerTests.No_cell_of_the_file_is_a_formula"),
        (35, "scripts", "AnswerTests.Every_answer_limits_what_a_browser_may_do_with_it"),
        (36, "SQL in a text", "FactsApiTests.What_is_hostile_is_stored_as_it_is"),
        (37, "line ends and control characters in messages", "RejectedValueTests.A_message_never_holds_what_a_terminal_or_the_database_cannot_take"),
        (38, "a name twice", "HookFaultTests.What_is_no_sound_json_is_refused_with_the_reason"),
        (39, "a hundred thousand deep", "HookFaultTests.A_hundred_thousand_deep_is_refused_and_the_program_lives_on"),
        (39, "deep files", "JsonFileTests.An_object_nested_a_hundred_thousand_deep_is_refused"),
        (39, "deep mappings", "MappingFuzzTests.However_deep_it_is_nested_it_is_refused"),
        (40, "large numbers stay exact", "FactsApiTests.A_number_larger_than_a_double_can_hold_stays_exact"),
        (40, "numbers beyond any column", "FactsApiTests.An_amount_that_is_no_exact_decimal_is_refused"),
        (41, "one byte too many", "HookWireTests.A_body_may_be_as_long_as_the_limit_and_not_a_byte_longer_whether_it_says_so_or_not"),
        (41, "body that trickles", "HookWireTests.A_body_that_trickles_is_given_up"),
        (42, "wrong signature, too old", "HookTests.Only_what_is_signed_rightly_and_in_time_is_taken"),
        (42, "clocks apart", "HookSignatureTests.Five_minutes_are_allowed_both_ways_and_not_a_second_more"),
        (43, "same key, same body", "HookFaultTests.The_same_again_is_given_the_same_answer_and_has_one_effect"),
        (43, "same key, other body", "HookFaultTests.Another_body_under_the_same_key_is_refused_and_changes_nothing"),
        (43, "same key at once", "HookFaultTests.Many_at_once_are_one"),
        (44, "sender gone after the commit", "HookWireTests.A_sender_that_hangs_up_finds_its_answer_when_it_asks_again"),
        (45, "too many", "HookFaultTests.Who_sends_too_often_is_told_when_to_come_back_and_nobody_else_is"),
        (46, "columns that are not the sender's to set", "FactsApiTests.What_is_no_column_or_no_value_is_refused_by_name"),
        (46, "addresses that are guessed", "HookFaultTests.An_address_nobody_was_given_is_not_there_and_other_ways_of_asking_are_refused"),
        (47, "forms from elsewhere", "SourcePageTests.To_whoever_is_no_administrator_it_is_not_there_and_a_foreign_form_is_refused"),
        (50, "requests with two ends", "SmuggledRequestTests.It_is_refused_and_nothing_is_in"),
        (51, "message that can't be read", "StreamTests.What_cannot_be_read_waits_in_quarantine_with_its_offset_and_holds_nothing_up"),
        (52, "nothing but such messages", "StreamTests.Nothing_but_unreadable_messages_stops_the_stream_until_somebody_says_go_on"),
        (53, "replayed twice", "ReplayTests.Two_at_once_bring_every_record_in_once"),
        (54, "offsets the broker no longer has", "StreamTests.Offsets_that_the_broker_lost_stop_the_stream_and_are_on_record"),
        (55, "topic made anew", "StreamTests.A_topic_made_anew_with_less_in_it_is_noticed"),
        (56, "what a transaction took back is not read", "StreamBufferTests.Event_Hubs_is_spoken_to_as_its_documentation_asks"),
        (57, "zombie", "StreamFaultTests.A_zombie_that_commits_late_is_fenced"),
        (57, "rebalance", "StreamFaultTests.Workers_that_come_and_go_share_the_partitions_and_each_fact_is_in_once"),
        (59, "brokers away", "StreamTests.A_broker_that_goes_away_and_errs_loses_nothing"),
        (60, "null, oversize, unknown version", "StreamTests.What_cannot_be_read_waits_in_quarantine_with_its_offset_and_holds_nothing_up"),
        (61, "one busy partition", "StreamBufferTests.The_partition_that_has_waited_longest_comes_first_however_much_another_one_sends"),
    ];

    // What is no matter of ingest, or cannot be brought about here.
    private static readonly Dictionary<int, string> Elsewhere = new()
    {
        [21] = "splitting money belongs to pay",
        [31] = "closed periods belong to editions",
        [48] = "nothing fetches an address that somebody gives",
        [49] = "questions belong to the metrics",
        [58] = "the mock brokers cannot grow a topic; a partition without an offset begins with the earliest there is, as each one does at its first start",
    };

    [Fact]
    public void Every_case_has_a_test_or_a_reason_why_not() =>
        Assert.Equal(Enumerable.Range(1, 61), Table.Select(t => t.Case).Concat(Elsewhere.Keys).Distinct().Order());

    [Fact]
    public void Every_test_of_the_table_is_one()
    {
        var tests = typeof(BadInputTests).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttributes<FactAttribute>().Any()).Select(m => $"{t.Name}.{m.Name}")).ToHashSet();
        Assert.Empty(Table.Where(t => !tests.Contains(t.Test)).Select(t => $"{t.Case} {t.What}: {t.Test}"));
    }
}
