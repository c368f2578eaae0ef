/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TH_IO_REASON_H
#define TH_IO_REASON_H

#include "base/diag.h"

/* Report `code`, whose {1} and {2} are why the system failed, in English and Chinese; `error` is of errno. TH_SYSTEM. */
th_status th_report_system(th_diags *diags, th_code code, th_pos at, int error);

#endif
