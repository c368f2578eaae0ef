/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What footprints tell apart, as files and JSON call it. */
#include "footprint/footprint.h"

const char *const th_life_stages[TH_STAGES] = {"raw_material", "production", "distribution", "use", "end_of_life", "unstated"};
const char *const th_carbons[TH_CARBONS] = {"fossil", "land_use_change", "aircraft", "biogenic_co2", "biogenic_uptake"};
