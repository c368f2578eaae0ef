/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document as a file of a word processor: its parts, put into a package. */
#include <stdlib.h>

#include "doc/docx.h"
#include "io/package.h"
#include "report/report.h"

void th_put_docx_file(th_buf *out, const th_doc *doc)
{
	th_docx docx = th_docx_of(doc, TH_S("tanhe 碳核"));
	th_package_part *part = docx.failed ? NULL : th_calloc(docx.parts, sizeof *part);
	bool written = false;
	for (size_t i = 0; part && i < docx.parts; i++)
		part[i] = (th_package_part){docx.part[i].name, th_buf_view(&docx.part[i].bytes)};
	if (part)
		written = th_package_write(out, part, docx.parts);
	out->failed |= !written;
	free(part);
	th_docx_free(&docx);
}
