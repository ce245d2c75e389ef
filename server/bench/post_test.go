package main

import (
	"net/http"
	"net/url"
	"testing"
	"time"
)

func TestMailFloor_SendsEveryMail(t *testing.T) {
	mails, err := notices(20)
	if err != nil {
		t.Fatal(err)
	}
	if rate, err := mailFloor(t.Context(), mails); err != nil || rate <= 0 {
		t.Errorf("%v a second, %v", rate, err)
	}
}

func TestGateway_HangsUntilItAnswers(t *testing.T) {
	g, err := openGateway()
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	client := &http.Client{Timeout: time.Minute}
	send := func(text string) error {
		answer, err := client.PostForm("http://"+g.address+"/send", url.Values{"text": {text}})
		if err != nil {
			return err
		}
		return answer.Body.Close()
	}
	if err := send("123456 is your code.\n\n@auth.example.org #123456"); err != nil || <-g.codes != "123456" {
		t.Errorf("a code: %v", err)
	}
	answers := g.hangs()
	ended := make(chan error)
	go func() { ended <- send("x") }()
	<-g.held
	select {
	case err := <-ended:
		t.Errorf("it was answered: %v", err)
	default:
	}
	answers()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
