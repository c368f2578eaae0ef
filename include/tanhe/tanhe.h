/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TANHE_H
#define TANHE_H

/* The public face of libtanhe, floor by floor. */

#include <tanhe/base.h>
#include <tanhe/reference.h>
#include <tanhe/account.h>
#include <tanhe/uncertainty.h>
#include <tanhe/footprint.h>
#include <tanhe/rules.h>
#include <tanhe/check.h>
#include <tanhe/plan.h>
#include <tanhe/report.h>
#include <tanhe/audit.h>

#endif
