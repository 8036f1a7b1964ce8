"""What each constraint of the database means to somebody who runs into it.

Forms and actions check first; these are for two people at the same moment. Each constraint
stands here once: with a sentence, or as one that no person reaches.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TAKEN_REFERENCE = _("We could not make a reference number. Go back and try again.")

SENTENCES: dict[str, Promise] = {
    # applications
    "placements_one_live_application": _(
        "There is an application of yours for this opportunity already. You find it in your"
        " applications."
    ),
    "placements_one_open_request": _(
        "The line manager was asked a moment ago, and the question waits for their answer."
    ),
    "placements_approval_once": _("The department was asked about this application already."),
    "placements_offer_application_id_key": _(
        "This applicant has an offer already. Open the application to see it."
    ),
    "placements_placement_application_id_key": _(
        "The placement was confirmed already. Open the application to see it."
    ),
    "placements_no_overlap": _(
        "This person has another full-time placement on these dates. Choose other dates, or end"
        " the other placement first."
    ),
    "placements_application_reference_key": TAKEN_REFERENCE,
    "placements_placement_reference_key": TAKEN_REFERENCE,
    # opportunities
    "placements_opportunity_held": _(
        "More places are held than you left. Open the opportunity to see how many are held now."
    ),
    "placements_opportunity_skill_once": _(
        "This skill was added to the opportunity already. Open it to see its skills now."
    ),
    "placements_opportunity_reference_key": TAKEN_REFERENCE,
    # what people keep
    "placements_saved_once": _("This opportunity is in your saved list already."),
    "matching_search_once": _("This search is among your saved searches already."),
    "matching_savedsearch_reference_key": TAKEN_REFERENCE,
    "placements_interest_once": _("You are already on the list of people who want this skill."),
    # rounds
    "matching_round_slug_key": _("There is a round with this name already. Choose another."),
    "matching_round_place_once": _("This opportunity takes part in the round already."),
    # people and their departments
    "people_user_email": _(
        "Somebody with this email address is known already. Go back and try again: we will find"
        " them."
    ),
    "people_grant_once": _("This person was given this right already."),
    "people_ladder_rung_once": _(
        "The policy has a rung from this number of working days already. Open the policy to see"
        " it."
    ),
    "people_profile_user_id_key": _(
        "Your profile was begun in another window. Open your profile to see what is saved."
    ),
    "people_profile_skill_once": _(
        "This skill stands on your profile already. Open your profile to see what is saved."
    ),
    "people_department_name_key": _("There is a department with this name already."),
    "people_emaildomain_domain_key": _("This email domain belongs to somebody already."),
    # skills
    "people_synonym_once": _("The skill has this name already."),
    # partner organisations
    "experts_membership_once": _("This person acts for the organisation already."),
    "experts_organisation_name_key": _("There is an organisation with this name already."),
    "experts_organisation_department_id_key": _(
        "This department has a page as an organisation already."
    ),
}

ONLY_A_BUG = frozenset(
    {
        # the jobs that match everybody catch what they run into
        "matching_edition_opportunity_id_key",
        "matching_news_once",
        "matching_one_list_each",
        "matching_one_part_of_a_number",
        "matching_one_rematch_in_a_state",
        # a choice that no form offers
        "matching_preference_rhythm",
        "matching_group_group",
        "matching_list_support",
        "matching_pair_ruling",
        "matching_result_state",
        "matching_round_stage",
        "matching_round_status",
        "experts_membership_role",
        "experts_organisation_kind",
        "experts_organisation_status",
        "notifications_message_state",
        "people_department_nation",
        "people_grant_role",
        "people_ladder_department",
        "people_ladder_manager",
        "people_ladder_type",
        "people_profile_skill_level",
        "people_profile_skill_use",
        "people_region_nation",
        "placements_application_status",
        "placements_opportunity_skill_level",
        "placements_opportunity_skill_role",
        "placements_opportunity_status",
        "placements_opportunity_type",
        "placements_placement_status",
        # two values of one row, which one form checks together
        "matching_round_dates",
        "matching_round_limits",
        "matching_round_place_places",
        "people_department_own_parent",
        "people_profile_dates",
        "people_profile_hours",
        "people_profile_manager",
        "placements_application_dates",
        "placements_application_manager",
        "placements_offer_dates",
        "placements_offer_hours",
        "placements_opportunity_choosing",
        "placements_opportunity_dates",
        "placements_opportunity_exchange",
        "placements_opportunity_hours",
        "placements_opportunity_places",
        "placements_placement_dates",
        # what an action sets together, on a row that it holds locked
        "matching_group_once",
        "matching_pair_once",
        "matching_result_match",
        "matching_result_once",
        "matching_run_number",
        "matching_run_published",
        "matching_run_published_once",
        "matching_choice_once",
        "matching_choice_position",
        "matching_list_once",
        "matching_list_support_decided",
        "experts_membership_ended",
        "notifications_message_sent",
        "people_grant_department",
        "people_grant_ended",
        "placements_application_place_dates",
        "placements_application_sent",
        "placements_approval_decided",
        "placements_approval_decision",
        "placements_offer_reply",
        "placements_opportunity_published",
        "placements_request_decided",
        "placements_request_decision",
        # whom the rules let decide
        "matching_list_support_not_self",
        "placements_approval_not_self",
        "placements_request_not_by_self",
        "placements_request_not_self",
        # what only the service and its imports write
        "people_domain_lower",
        "people_one_system_user",
        "people_skill_source_id",
    }
)
