/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "io/reason.h"

#include "io/os.h"

th_status th_report_system(th_diags *diags, th_code code, th_pos at, int error)
{
	char reason[256] = "";
	(void)th_report(diags, code, at, th_os_reason(error, reason, sizeof reason), th_os_reason_zh(error, reason), (char *)NULL);
	return TH_SYSTEM;
}
