/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For `make`: make_image DATA FILE writes the image of the reference data. Not installed. */
#include <stdio.h>
#include <stdlib.h>

#include "reference/image.h"

int main(int argc, char **argv)
{
	th_diags *diags = th_diags_new();
	if (argc != 3 || !diags)
		return 2;
	th_reference *reference = NULL;
	th_status status = th_reference_open(argv[1], diags, &reference);
	if (status == TH_OK)
		status = th_image_write(reference, argv[1], argv[2], diags);
	th_reference_free(reference);
	char *text = NULL;
	if (th_diags_text(diags, TH_LANG_EN, 0, &text) == TH_OK && text)
		fputs(text, stderr);
	free(text);
	th_diags_free(diags);
	return (int)status;
}
