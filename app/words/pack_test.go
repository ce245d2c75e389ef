package words

import (
	"reflect"
	"strings"
	"testing"
)

func TestPack_ComesOutAsItWentIn(t *testing.T) {
	packed, err := Pack(&English)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(*got, English) {
		t.Error("the words are not the same any more")
	}
	again, err := Pack(&English)
	if err != nil || again != packed {
		t.Error("packing twice gives two results", err)
	}
}

func TestUnpack_RefusesWhatIsNotOfThisBuild(t *testing.T) {
	packed, err := Pack(&English)
	if err != nil {
		t.Fatal(err)
	}
	for name, wrong := range map[string]string{
		"nothing": "", "half": packed[:len(packed)/2], "one line less": packed[strings.Index(packed, "\n")+1:],
		"one line more": packed + "and this\n", "a page": "<!doctype html>\n<html></html>\n",
	} {
		if _, err := Unpack(wrong); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	broken := English
	broken.Frame.Home = "two\nlines"
	if _, err := Pack(&broken); err == nil {
		t.Error("a text with a line break was packed")
	}
}

func FuzzUnpack(f *testing.F) {
	packed, err := Pack(&English)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(packed)
	f.Add("en\nEnglish\n,\n4\nfalse\n")
	f.Fuzz(func(t *testing.T, packed string) {
		if w, err := Unpack(packed); err == nil && w == nil {
			t.Error("neither words nor an error")
		}
	})
}
