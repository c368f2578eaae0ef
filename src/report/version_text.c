/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What somebody needs to get the same bytes again: program, build, data and libraries. */
#include "report/report.h"

#include "io/book.h"
#include "io/csv.h"
#include "io/digest.h"
#include "io/json.h"
#include "io/xml.h"
#include "path/slope.h"
#include "reference/reference.h"

static void put_data(th_page *p, const th_reference *reference, const char *folder)
{
	th_buf *text = &p->doc.text;
	if (reference) {
		th_buf_slice(text, reference->set_id);
		th_buf_char(text, ' ');
		th_buf_slice(text, reference->set_version);
		th_page_field(p, W_VERSION_DATA, TH_S(""));
		th_page_field(p, W_VERSION_DIGEST, th_slice_of(reference->set_sha256));
	} else
		th_page_field(p, W_VERSION_DATA, th_page_word(p, W_VERSION_NO_DATA));
	th_page_field(p, W_VERSION_FOLDER, th_slice_of(folder));
}

static void put_libraries(th_page *p)
{
	static void (*const library[])(th_buf *out) = {th_csv_library, th_json_library, th_digest_library, th_package_library, th_xml_library, th_book_library, th_slope_library};
	for (size_t i = 0; i < sizeof library / sizeof *library; i++) {
		if (i)
			th_buf_str(&p->doc.text, ", ");
		library[i](&p->doc.text);
	}
	th_page_field(p, W_VERSION_LIBRARIES, TH_S(""));
}

th_status th_report_version(const th_reference *reference, const char *folder, th_lang lang, char **text, size_t *len)
{
	th_mark mark = th_report_begin(NULL, text, len);
	th_page p = {.lang = lang};
	th_buf_printf(&p.doc.text, "tanhe %s", th_version());
	th_doc_title(&p.doc, TH_S(""));
	th_page_field(&p, W_VERSION_BUILD, *th_build_id() ? th_slice_of(th_build_id()) : th_page_word(&p, W_VERSION_NO_BUILD));
	put_data(&p, reference, folder);
	put_libraries(&p);
	return th_page_give(mark, &p, text, len);
}
